from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.server import Server
from helpers.stores import StoreAtHand
from unit.services.made import AFTER, BEFORE, EPSG, Flight, fly_twice
from weijian.domain.finding import Finding
from weijian.services.settings import change_settings
from weijian.services.surveys import add_survey
from weijian.services.workspaces import new_workspace
from weijian.storage.server_address import login_from
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]


@pytest.fixture(scope="session")
def flights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flight, Flight]:
    """Both flights; between them a house was built and another pulled down."""
    return fly_twice(tmp_path_factory.mktemp("flights"))


@dataclass(frozen=True)
class Made:
    """Workspaces that tests take copies of: one with its settings alone, one with both surveys."""

    empty: Path
    flown: Path


def _make(folder: Path, flights: tuple[Flight, Flight], store: StoreAtHand) -> Made:
    empty, flown = folder / "村", folder / "航测"
    login = None if not store.is_server else login_from(store.new_database())
    new_workspace(empty, name="石桥村", crs=EPSG, bureau="样例区综合行政执法局", login=login)
    change_settings(empty, ["review_body=样例区人民政府", "court=样例区人民法院"])
    store.copy(empty, flown)
    for day, flight in zip((BEFORE, AFTER), flights, strict=True):
        add_survey(flown, flown_on=day, ortho=flight.ortho, dsm=flight.dsm)
    return Made(empty, flown)


@pytest.fixture(scope="session")
def made_on(
    tmp_path_factory: pytest.TempPathFactory,
    flights: tuple[Flight, Flight],
    ask_for_server: Callable[[], Server],
) -> Iterator[Callable[[str], Made]]:
    """The workspaces on a kind of store, made when they are first asked for."""
    made: dict[str, Made] = {}
    with ExitStack() as resources:

        def make(kind: str) -> Made:
            if kind not in made:
                store = StoreAtHand(kind, ask_for_server, resources)
                made[kind] = _make(tmp_path_factory.mktemp("made"), flights, store)
            return made[kind]

        yield make


@pytest.fixture
def empty(made_on: Callable[[str], Made], store: StoreAtHand, tmp_path: Path) -> Path:
    """A workspace without anything but its settings."""
    return store.copy(made_on(store.kind).empty, tmp_path / "村")


@pytest.fixture
def flown(made_on: Callable[[str], Made], store: StoreAtHand, tmp_path: Path) -> Path:
    """A workspace with both surveys, 1 and 2."""
    return store.copy(made_on(store.kind).flown, tmp_path / "航测")


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
