"""The ways to compare, on the small village: what the command line is given for each."""

from pathlib import Path

import geopandas as gpd

from helpers import models
from unit.services.made import EPSG, OLD_HOUSES, Flight, fly_twice, place

BY_HEIGHT = ("heights", "heights and archive", "archive")
BY_IMAGE = ("images", "images and archive", "model")
WAYS = BY_HEIGHT + BY_IMAGE
PAIRS = tuple(way for way in WAYS if way != "archive")


class Ways:
    """The village's two flights, its archive and a tiny change model in a folder."""

    def __init__(self, folder: Path) -> None:
        self.before, self.after = fly_twice(folder)
        self.archive, self.model = folder / "房屋.gpkg", folder / "m.onnx"
        rows = {"FWBH": ["F0", "F1", "F2"], "GD": [6.0] * 3, "geometry": [place(*house) for house in OLD_HOUSES]}
        gpd.GeoDataFrame(rows, geometry="geometry", crs=EPSG).to_file(self.archive)
        models.change_model(self.model)

    def options(self, way: str, before: Flight | None = None, after: Flight | None = None) -> list[object]:
        """Inputs of a detection; other flights may stand for the village's own."""
        before, after = before or self.before, after or self.after
        given: list[object] = ["--after", after.ortho]
        if way != "archive":
            given += ["--before", before.ortho]
        if way in BY_HEIGHT:
            given += ["--after-dsm", after.dsm]
        if way.startswith("heights"):
            given += ["--before-dsm", before.dsm]
        if "archive" in way:
            given += ["--archive", self.archive]
        if way == "model":
            given += ["--model", self.model]
        return given
