from collections.abc import Iterator
from pathlib import Path

import pyproj
import pytest

from helpers.stores import StoreAtHand
from weijian.storage.workspace import Workspace, create_workspace


@pytest.fixture
def workspace(tmp_path: Path, store: StoreAtHand) -> Iterator[Workspace]:
    crs = pyproj.CRS.from_epsg(4549)
    with create_workspace(tmp_path / "石桥村", name="石桥村", crs=crs, login=store.login()) as workspace:
        yield workspace
