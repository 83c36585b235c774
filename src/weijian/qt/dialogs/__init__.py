"""What asks before something is done: one module a dialog."""
