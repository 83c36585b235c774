from collections.abc import Iterator
from pathlib import Path

import pyproj
import pytest

from weijian.storage.workspace import Workspace, create_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with create_workspace(tmp_path / "石桥村", name="石桥村", crs=pyproj.CRS.from_epsg(4549)) as workspace:
        yield workspace
