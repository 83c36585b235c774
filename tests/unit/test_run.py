"""run.py, as far as it can be tried without setting a machine up."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "run.py"


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_package_list_has_alternatives_and_sections(script):
    for_demo, for_test = (script.wanted_packages(script.SECTIONS[purpose]) for purpose in ("demo", "test"))
    assert ("libglib2.0-0t64", "libglib2.0-0") in for_demo
    assert set(for_demo) < set(for_test)


def test_a_package_is_missing_when_no_alternative_is_installed(script, monkeypatch, tmp_path):
    script.PACKAGE_LIST = tmp_path / "packages.txt"
    script.PACKAGE_LIST.write_text("[run]\nnew | old  # a remark\nabsent\nremoved\n[test]\nother\n", encoding="utf-8")
    monkeypatch.setattr(script.shutil, "which", lambda name: name)
    monkeypatch.setattr(script.importlib.util, "find_spec", lambda name: name)
    answer = subprocess.CompletedProcess([], 0, stdout="ii  old\nrc  removed\nii  kept\n")
    monkeypatch.setattr(script.subprocess, "run", lambda *_, **__: answer)
    assert script.missing_packages({"run"}) == [("absent",), ("removed",)]


def test_other_systems_miss_no_packages(script, monkeypatch):
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    assert script.missing_packages({"run", "test"}) == []


@pytest.mark.parametrize(
    ("given", "passed_on"),
    [
        ([], ["--out", str(SCRIPT.parent / "out" / "demo")]),
        (["--out=x"], ["--out=x"]),
        (["--headless", "--out", "x"], ["--headless", "--out", "x"]),
    ],
)
def test_demo_adds_only_what_was_not_said(script, monkeypatch, given, passed_on):
    commands = []
    monkeypatch.setattr(script, "run", lambda command: commands.append([str(part) for part in command]) or 0)
    assert script.demo(given) == 0
    assert commands[0][1:] == ["demo", *passed_on]


def test_an_old_python_is_told_in_one_sentence(script, monkeypatch):
    monkeypatch.setattr(script.sys, "version_info", (3, 10, 2))
    with pytest.raises(script.Stopped, match=r"needs Python 3\.11 or newer and this is 3\.10"):
        script.main(["demo"])


def test_a_command_that_cannot_start_is_named(script, tmp_path):
    with pytest.raises(script.Stopped, match=r"cannot start .*nothing-here"):
        script.run([tmp_path / "nothing-here"])


def test_usage_is_shown_for_anything_else():
    finished = subprocess.run([sys.executable, SCRIPT, "dance"], check=False, capture_output=True, text=True)
    assert (finished.returncode, finished.stderr) == (2, "")
    assert "run.py demo" in finished.stdout
