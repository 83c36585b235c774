"""A very small workspace for the tests of the map: flown red in 2024 and green in 2025, with two findings."""

import shutil
from datetime import date
from pathlib import Path

import numpy as np

from unit.services.made import EPSG, OLD_HOUSES, building, finding, parcel, permit, place, write_raster
from weijian.domain.survey import Survey
from weijian.services.surveys import add_survey
from weijian.services.workspaces import new_workspace
from weijian.storage.workspace import open_workspace

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 30), (30, 30, 200)
SIDE, PIXEL_M = 280, 0.25


def make_village(base: Path, folder: Path) -> Path:
    """A copy, in ``folder``, of the workspace that is made once in ``base``.

    Its surveys 1 (red) and 2 (green, with a surface model) have their files in ``flights``.
    """
    template = base / "flown-village"
    if not template.exists():
        _make(template)
    return Path(shutil.copytree(template, folder / "村"))


def _make(village: Path) -> None:
    new_workspace(village, name="石桥村", crs=EPSG, bureau="样例区综合行政执法局")
    (village / "flights").mkdir()
    fly(village, date(2024, 4, 16), RED)
    fly(village, date(2025, 10, 28), GREEN, heights=True)
    with open_workspace(village) as workspace, workspace.transaction("test", "keep") as work:
        work.parcels.upsert_many([parcel()])
        work.buildings.upsert_many([building()])
        work.permits.upsert_many([permit()])
        work.findings.add_many([finding(1), finding(2, geometry=place(*OLD_HOUSES[2]))], 1, 2)


def fly(village: Path, day: date, colour: tuple[int, int, int], *, heights: bool = False) -> Survey:
    """Add a survey of one colour."""
    image = np.broadcast_to(np.array(colour, np.uint8)[:, None, None], (3, SIDE, SIDE))
    ortho = write_raster(village / "flights" / f"{day}_dom.tif", image, PIXEL_M)
    dsm = None
    if heights:
        slope = np.linspace(0, 9, SIDE, dtype=np.float32)[None, None, :]
        surface = np.broadcast_to(slope, (1, SIDE, SIDE))
        dsm = write_raster(village / "flights" / f"{day}_dsm.tif", surface, PIXEL_M)
    return add_survey(village, flown_on=day, ortho=ortho, dsm=dsm, name=f"{day}").value


def add_finding(village: Path, number: int) -> None:
    """One more."""
    with open_workspace(village) as workspace, workspace.transaction("test", "keep") as work:
        work.findings.add_many([finding(number, geometry=place(*OLD_HOUSES[0]))], 1, 2)
