"""A wheel installed in a clean environment carries every file that comes with the program."""

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
FOLDERS = ("resources", "sample_data")

# Run by the environment's own Python, which has nothing but the wheel.
LIST_INSTALLED = """
import json
from pathlib import Path
from weijian import assets

def sizes(folder):
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()}

folders = {"resources": assets.resource(), "sample_data": assets.sample_data()}
forms = Path(assets.__file__).parent / "qt" / "forms"
sizes = {name: sizes(folder) for name, folder in folders.items()}
names = [path.stem for path in forms.glob("*.py")]
print(json.dumps({"package": str(Path(assets.__file__).parent), "sizes": sizes, "forms": names}))
"""


def run(*command: str | Path) -> str:
    finished = subprocess.run(
        [str(part) for part in command], check=False, capture_output=True, text=True, cwd=CHECKOUT
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def clean_python(tmp_path_factory, wheel) -> Path:
    home = tmp_path_factory.mktemp("clean") / "env"
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel)
    return python


@pytest.mark.slow
def test_every_file_is_installed_and_found(clean_python):
    installed = json.loads(run(clean_python, "-I", "-c", LIST_INSTALLED))
    assert Path(installed["package"]).is_relative_to(clean_python.parents[1])
    for name in FOLDERS:
        folder = CHECKOUT / name
        checkout = {path.relative_to(folder).as_posix(): path.stat().st_size for path in files_of(folder)}
        assert checkout
        assert {file: installed["sizes"][name].get(file) for file in checkout} == checkout
    assert "translations/weijian_zh_CN.qm" in installed["sizes"]["resources"]
    assert set(installed["forms"]) >= {form.stem for form in (CHECKOUT / "ui").glob("*.ui")}


@pytest.mark.slow
def test_the_wheel_brings_the_command(clean_python):
    assert clean_python.with_name("weijian" + clean_python.suffix).is_file()


def files_of(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
