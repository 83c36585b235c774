"""The command line run within the test's process."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from weijian import cli


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str


class CommandLine:
    """Runs commands and catches what they print and how they end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Outcome:
        self._monkeypatch.setattr(sys, "argv", ["weijian", *map(str, arguments)])
        self._capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        printed = self._capsys.readouterr()
        return Outcome(code, printed.out, printed.err)
