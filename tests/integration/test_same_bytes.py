"""The findings are the same to the byte however many hands do the work."""

from pathlib import Path

import pytest

from helpers.commands import CommandLine
from helpers.ways import WAYS, Ways
from weijian.services import detect


@pytest.mark.parametrize("way", WAYS)
def test_one_two_or_three_workers(
    weijian: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(detect, "TILE_PIXELS", 70)  # 16 windows
    ways = Ways(tmp_path)
    written = []
    for workers in (1, 2, 3):
        out = tmp_path / f"{workers}.gpkg"
        assert weijian("detect", *ways.options(way), "--out", out, "--workers", workers).code == 0
        written.append(out.read_bytes())
    assert written[0] == written[1] == written[2]
