"""Arrays and a grid in, changed structures out."""
