"""Values and rules of the field; no input, no output."""
