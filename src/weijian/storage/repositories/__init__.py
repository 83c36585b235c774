"""One repository a kind of value; all of a transaction share its scope."""
