import io
import re
from pathlib import Path

import pytest

from helpers.commands import CommandLine
from helpers.key_store import MemoryKeyStore
from helpers.stores import StoreAtHand


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(monkeypatch, capsys)


def key_in(said: str) -> str:
    found = re.search(r"(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}", said)
    assert found is not None
    return found[0]


def test_the_recovery_key_is_shown_once_and_unlocks(
    run: CommandLine, tmp_path: Path, key_store: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch, store: StoreAtHand
) -> None:
    folder = tmp_path / "village"
    made = run("new", folder, "--crs", "EPSG:4549", "--name", "村", *store.options())
    assert made.code == 0
    assert "(?:" not in run("protect", "-w", folder).out
    assert re.search("[A-Z2-7]{4}-", run("protect", "-w", folder).out) is None
    assert run("lock", "-w", folder).code == 0
    assert key_store.kept == {}
    for typed, code in (("wrong\n", 2), (key_in(made.out) + "\n", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert run("unlock", "-w", folder).code == code
    assert len(key_store.kept) == 1


def test_passphrase_and_recovery_key_are_renewed(
    run: CommandLine, tmp_path: Path, key_store: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch, store: StoreAtHand
) -> None:
    folder = tmp_path / "village"
    first = key_in(run("new", folder, "--crs", "EPSG:4549", "--name", "村", *store.options()).out)
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert run("protect", "-w", folder, "--passphrase").code == 2
    monkeypatch.setattr("sys.stdin", io.StringIO("a long passphrase\n"))
    renewed = run("protect", "-w", folder, "--passphrase", "--new-recovery-key")
    assert key_in(renewed.out) != first
    run("lock", "-w", folder)
    for typed, code in ((first, 2), ("a long passphrase", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert run("unlock", "-w", folder).code == code
