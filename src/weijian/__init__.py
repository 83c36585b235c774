"""weijian (违建): a desktop GIS for planning enforcement and illegal-building control."""

__version__ = "0.1.0"
