"""Use cases; one module each. Long work is a generator of progress."""
