from pathlib import Path

import pytest

from helpers.commands import CommandLine
from helpers.stores import StoreAtHand
from weijian import assets


@pytest.fixture
def weijian(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(monkeypatch, capsys)


@pytest.fixture
def sample() -> Path:
    return assets.sample_data()


@pytest.fixture
def workspace(weijian: CommandLine, store: StoreAtHand, tmp_path: Path) -> Path:
    folder = tmp_path / "工作区"
    assert weijian("new", folder, "--crs", "EPSG:4549", "--name", "样例村", *store.options()).code == 0
    return folder
