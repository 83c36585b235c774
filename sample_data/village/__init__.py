"""A made-here village: its plan, what changes in it, how two flights see it, and the papers kept about it."""
