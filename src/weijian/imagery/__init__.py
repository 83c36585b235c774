"""Rasters: opening, windows on one pixel grid, overviews, alignment, heights."""
