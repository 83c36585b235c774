"""Vectors in and out: shapefile, GeoPackage, GeoJSON and CSV, whatever their encoding, headings and zone."""
