"""Rasters: opening, windows on a pixel grid, overviews, alignment of two surveys, levelling of their heights."""
