"""Run the built program on a machine that is set up against it.

The variables by which other GDAL, PROJ, Qt and Python installations make themselves known point at broken ones. The
program must start, say its version, and do the whole demo.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from weijian import __version__

BUNDLE = Path(__file__).resolve().parents[1] / "dist" / "weijian"
PROGRAM = BUNDLE / ("weijian.exe" if os.name == "nt" else "weijian")
RESULTS = ("findings.gpkg", "workspace.gpkg", "report.json", "*.pdf", "*.docx", "*.xlsx", "*.html")


def poisoned(folder: Path) -> dict[str, str]:
    """Make broken installations under a folder and return an environment that points at them."""
    folder.mkdir()
    for module in ("sitecustomize", "encodings", "numpy", "osgeo", "weijian"):
        (folder / f"{module}.py").write_text("raise ImportError('poisoned')\n", encoding="utf-8")
    for junk in ("proj.db", "gdalvrt.xsd", "gdal.dll", "proj.dll", "gdal_poison.so", "libgdal.so"):
        (folder / junk).write_bytes(b"poison")
    variables = ["PATH", "PYTHONPATH", "PYTHONHOME", "PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH"]
    return {**os.environ, **dict.fromkeys([*variables, "QT_PLUGIN_PATH"], str(folder)), "PYTHONUTF8": "1"}


def run(arguments: list[str], environment: dict[str, str], folder: Path) -> str:
    """Run the program in a folder; return what it wrote, or end the smoke test."""
    start = time.monotonic()
    finished = subprocess.run(
        [PROGRAM, *arguments],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    print(f"weijian {' '.join(arguments)}: exit {finished.returncode}, {time.monotonic() - start:.1f} s")
    if finished.returncode:
        sys.exit(f"{finished.stdout}\n{finished.stderr}\nThe built program failed.")
    return finished.stdout


def main() -> None:
    """Check the version and the demo's results."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = poisoned(folder / "poison")
        version = run(["--version"], environment, folder)
        if __version__ not in version:
            sys.exit(f"--version said {version!r}, not {__version__}.")
        out = folder / "out"
        print(run(["demo", "--headless", "--out", str(out)], environment, folder))
        missing = [pattern for pattern in RESULTS if not any(path.stat().st_size for path in out.rglob(pattern))]
        if missing:
            sys.exit(f"The demo of the built program left out {', '.join(missing)}.")
    print("The built program works.")


if __name__ == "__main__":
    main()
