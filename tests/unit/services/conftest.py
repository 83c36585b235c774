import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from unit.services.made import AFTER, BEFORE, EPSG, Flight, fly_twice
from weijian.domain.finding import Finding
from weijian.services.settings import change_settings
from weijian.services.surveys import add_survey
from weijian.services.workspaces import new_workspace
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]


@pytest.fixture(scope="session")
def flights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flight, Flight]:
    """Both flights; between them a house was built and another pulled down."""
    return fly_twice(tmp_path_factory.mktemp("flights"))


@pytest.fixture(scope="session")
def _empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "村"
    new_workspace(folder, name="石桥村", crs=EPSG, bureau="样例区综合行政执法局")
    change_settings(folder, ["review_body=样例区人民政府", "court=样例区人民法院"])
    return folder


@pytest.fixture(scope="session")
def _flown_workspace(_empty_workspace: Path, flights: tuple[Flight, Flight]) -> Path:
    folder = _empty_workspace.with_name("航测")
    shutil.copytree(_empty_workspace, folder)
    for day, flight in zip((BEFORE, AFTER), flights, strict=True):
        add_survey(folder, flown_on=day, ortho=flight.ortho, dsm=flight.dsm)
    return folder


@pytest.fixture
def empty(_empty_workspace: Path, tmp_path: Path) -> Path:
    """A workspace without anything but its settings."""
    return Path(shutil.copytree(_empty_workspace, tmp_path / "村"))


@pytest.fixture
def flown(_flown_workspace: Path, tmp_path: Path) -> Path:
    """A workspace with both surveys, 1 and 2."""
    return Path(shutil.copytree(_flown_workspace, tmp_path / "航测"))


@pytest.fixture
def keep(flown: Path) -> Keep:
    """Put values into the workspace with the surveys: findings by position, registers by name."""

    def kept(*findings: Finding, before: int | None = 1, **registers: list[object]) -> Path:
        with open_workspace(flown) as workspace, workspace.transaction("test", "keep") as work:
            for name, values in registers.items():
                getattr(work, name).upsert_many(values)
            work.findings.add_many(findings, before, 2)
        return flown

    return kept
