"""The examples that the commands show in their help work as they stand on the sample data."""

import io
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from helpers.commands import CommandLine
from helpers.server import Server
from weijian import assets, cli

ORDER = ("demo", "new", "import", "add-survey", "detect", "settings", "open-case", "move-case", "export", "report")
"""Commands whose examples need what earlier examples made; the others come last."""

TYPED = "一句只有本局知道的话\n"
"""What a user types where a command asks."""


def examples() -> list[list[str]]:
    """Every example of every command, in an order in which they can be run."""
    found = []
    commands = [*cli.app.registered_commands]
    for group in cli.app.registered_groups:
        assert group.typer_instance is not None
        commands += group.typer_instance.registered_commands
    for command in commands:
        shown = re.findall(r"^ +(weijian .+)$", str(command.help), flags=re.MULTILINE)
        assert shown, f"{command.name or command.callback} has no example"
        found += [shlex.split(line)[1:] for line in shown]
    return sorted(found, key=lambda words: ORDER.index(words[0]) if words[0] in ORDER else len(ORDER))


def on_server(words: list[str]) -> bool:
    """Whether an example is about the bureau's shared archive."""
    return "--database" in words or "out/bureau" in words


@pytest.fixture
def url(ask_for_server: Callable[[], Server]) -> Iterator[str | None]:
    """A database in place of the bureau's; None where this machine has no server."""
    try:
        server = ask_for_server()
    except pytest.skip.Exception:
        yield None
        return
    with server.database() as name:
        yield server.url(name)


def test_every_example_works(
    weijian: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    keys = tmp_path / "keys"
    keys.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(keys))  # an account that has a place for keys
    shutil.copytree(assets.sample_data(), tmp_path / "sample_data")
    for words in examples():
        if url is None and on_server(words):
            continue
        words = [url if url is not None and word.startswith("postgresql://") else word for word in words]
        if words[:2] == ["detect", "--workspace"]:
            after = "sample_data/surveys/2025-10-28"
            survey = ("--ortho", f"{after}_dom.tif", "--dsm", f"{after}_dsm.tif")
            assert weijian("add-survey", "--workspace", words[2], "--date", "2025-10-28", *survey).code == 0
        monkeypatch.setattr(sys, "stdin", io.StringIO(2 * TYPED))
        outcome = weijian(*words)
        assert outcome.code == 0, (words, outcome.err)


def test_commands_are_those_of_the_design() -> None:
    names = {c.name or (c.callback.__name__ if c.callback else "") for c in cli.app.registered_commands}
    assert {"demo", "new", "import", "add-survey", "detect", "check", "verify"} <= names
    assert {g.name for g in cli.app.registered_groups} == {"export", "report"}
    assert isinstance(cli.app, typer.Typer)
