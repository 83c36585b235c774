import os
import subprocess
import sys
from pathlib import Path

from weijian import assets
from weijian.surroundings import FOREIGN, forget_other_software, keep_to_own_threads


def test_only_foreign_variables_go() -> None:
    environment = dict.fromkeys(FOREIGN, "/elsewhere") | {"PATH": "/usr/bin"}
    forget_other_software(environment)
    assert environment == {"PATH": "/usr/bin"}


def test_threads_of_libraries_give_way_unless_told_otherwise() -> None:
    environment: dict[str, str] = {}
    keep_to_own_threads(environment)
    assert environment == {"OPENBLAS_NUM_THREADS": "1"}
    environment["OPENBLAS_NUM_THREADS"] = "4"
    keep_to_own_threads(environment)
    assert environment == {"OPENBLAS_NUM_THREADS": "4"}


def test_the_command_line_works_beside_other_software(tmp_path: Path) -> None:
    poisoned = os.environ | dict.fromkeys(FOREIGN, str(tmp_path))
    command = [sys.executable, "-m", "weijian", "check", str(assets.sample_data("surveys", "2024-04-16_dsm.tif"))]
    outcome = subprocess.run(command, env=poisoned, capture_output=True, encoding="utf-8", check=False)
    assert (outcome.returncode, outcome.stderr) == (0, "")
