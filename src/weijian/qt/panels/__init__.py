"""What stands in the docks: one module a panel."""
