"""Vectors in and out: formats, encodings, coordinate systems, field mapping."""
