import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer

import weijian
from helpers.commands import CommandLine
from helpers.stores import StoreAtHand
from unit.services.made import Flight, fly_twice
from weijian import cli, terminal
from weijian.domain.stage import Stage


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(monkeypatch, capsys)


@pytest.fixture(scope="module")
def flights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flight, Flight]:
    return fly_twice(tmp_path_factory.mktemp("flights"))


def commands() -> list[tuple[str, ...]]:
    """Every command as it is typed."""

    def names(app: typer.Typer, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
        own = [
            (*before, command.name or command.callback.__name__.replace("_", "-"))
            for command in app.registered_commands
            if command.callback is not None
        ]
        for group in app.registered_groups:
            assert group.typer_instance is not None
            own += names(group.typer_instance, (*before, str(group.name)))
        return own

    return names(cli.app)


def python(code: str, **environment: str) -> str:
    source = str(Path(weijian.__file__).parents[1])
    told = {**os.environ, "PYTHONPATH": source, **environment}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, env=told
    ).stdout


def test_the_command_line_is_there_at_once() -> None:
    # Processor time, the best of several runs: how busy the machine is does not count.
    code = "import time; start = time.process_time(); import weijian.cli; print(time.process_time() - start)"
    assert min(float(python(code)) for _ in range(5)) < 0.3


def test_heavy_libraries_wait_until_they_are_used() -> None:
    code = "import sys; import weijian.cli; print(*sys.modules)"
    loaded = {name.split(".")[0] for name in python(code).split()}
    heavy = {"numpy", "shapely", "cv2", "rasterio", "geopandas", "pandas", "scipy", "sqlalchemy", "PySide6", "rich"}
    assert loaded & (heavy | {"docx", "folium", "fiona", "pyogrio", "PIL", "yaml", "pyproj"}) == set()


def test_the_version(run: CommandLine) -> None:
    outcome = run("--version")
    assert (outcome.code, outcome.out, outcome.err) == (0, f"weijian {weijian.__version__}\n", "")


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_tells_how_it_is_used(run: CommandLine, words: tuple[str, ...], option: str) -> None:
    outcome = run(*words, option)
    assert (outcome.code, outcome.err) == (0, "")
    assert re.search(rf"^ +weijian {' '.join(words)}( |$)", outcome.out, flags=re.MULTILINE)
    assert "示例" in outcome.out


@pytest.mark.parametrize("words", [(), ("export",), ("report",)], ids=["weijian", "export", "report"])
def test_groups_list_their_commands(run: CommandLine, words: tuple[str, ...]) -> None:
    outcome = run(*words, "--help")
    assert outcome.code == 0
    for command in commands():
        if command[:-1] == words:
            assert re.search(rf"^ +{command[-1]} ", outcome.out, flags=re.MULTILINE)


def test_help_in_english() -> None:
    code = "import sys; sys.argv = ['weijian', 'detect', '--help']; from weijian.cli import main; main()"
    said = python(code, WEIJIAN_LANG="en", COLUMNS="100")
    assert "Compare two surveys" in said
    assert "Examples:" in said


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("detect", "--nonsense"),
        ("detect", "--method", "magic"),
        ("detect", "--min-area", "much"),
        ("detect", "--workers", "0"),
        ("new",),
        ("new", "a", "b"),
        ("add-survey", "--workspace", "w", "--date", "16.4.2024", "--ortho", "x.tif"),
        ("import", "trees", "x.shp", "--workspace", "w"),
        ("export", "poster"),
        ("move-case", "-w", "w", "--case", "1", "--to", "heaven", "--officer", "甲", "--reason", "x"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_code_two(run: CommandLine, words: tuple[str, ...]) -> None:
    outcome = run(*words)
    assert outcome.code == 2
    assert outcome.out == ""
    assert len(outcome.err.strip().splitlines()) == 1
    assert "--help" in outcome.err or "可用" in outcome.err


def test_an_interrupted_command_says_so(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, flights: tuple[Flight, Flight]
) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(terminal, "watch", interrupted)
    monkeypatch.setattr(terminal, "leave", sys.exit)  # the real one ends the tests too
    outcome = run("detect", "--after", flights[1].ortho, "--out", "f.gpkg")
    assert outcome.code == 130
    assert "已取消" in outcome.err


def test_a_day_in_a_workspace(
    run: CommandLine, tmp_path: Path, flights: tuple[Flight, Flight], store: StoreAtHand
) -> None:
    folder = tmp_path / "村"
    named = ("--crs", "EPSG:4549", "--name", "村", "--bureau", "样例局")
    assert run("new", folder, *named, *store.options()).code == 0
    for day, flight in zip(("2024-04-16", "2025-10-28"), flights, strict=True):
        products = ("--ortho", flight.ortho, "--dsm", flight.dsm)
        assert run("add-survey", "-w", folder, "--date", day, *products).code == 0
    detected = run("detect", "-w", folder, "--before-survey", "1", "--after-survey", "2", "--workers", "1")
    assert detected.code == 0
    number = re.search(r"T20251028-1-\d{4}", detected.out)
    assert number is not None
    officers = ("--lead-officer", "甲", "--second-officer", "乙")
    opened = run("open-case", "-w", folder, "--finding", number.group(), *officers, "--on", "2025-11-03")
    assert opened.out == "2025案0001\n"
    step = ("--to", Stage.VERIFICATION, "--officer", "甲", "--reason", "核查", "--on", "2025-11-04")
    assert run("move-case", "-w", folder, "--case", "1", *step).code == 0
    assert "bureau=样例局" in run("settings", "-w", folder).out
    assert run("verify", "-w", folder).code == 0
