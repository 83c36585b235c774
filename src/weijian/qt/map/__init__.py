"""The map: layers, tiles, tools, comparing."""
