"""Run the built program on a machine that is set up against it.

The variables by which other GDAL, PROJ, Qt and Python installations make themselves known point at broken ones. The
program must start, say its version, do the whole demo, and open its window (where Xvfb and xdotool can show it one).
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from weijian import __version__

BUNDLE = Path(__file__).resolve().parents[1] / "dist" / "weijian"
PROGRAM = BUNDLE / ("weijian.exe" if os.name == "nt" else "weijian")
SECONDS_TO_OPEN = 60
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


def refuse_server(environment: dict[str, str], folder: Path) -> None:
    """A server that is not there is told in one line: what it takes to speak to one is in the bundle."""
    command = [
        PROGRAM,
        "new",
        "bureau",
        "--crs",
        "EPSG:4549",
        "--name",
        "x",
        "--database",
        "postgresql://u@127.0.0.1:1/d",
    ]
    refused = subprocess.run(command, env=environment, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    if refused.returncode != 2 or len(refused.stderr.strip().splitlines()) != 1:
        sys.exit(f"{refused.stdout}\n{refused.stderr}\nThe built program does not know what to say of a server.")


def open_window(environment: dict[str, str], folder: Path) -> None:
    """Open the program's window on a screen of its own and close it by its key."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        print("No Xvfb or xdotool: the window was not tried.")
        return
    read, write = os.pipe()
    screen = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24"], pass_fds=[write])
    os.close(write)
    with os.fdopen(read, encoding="ascii") as line:
        environment = {**environment, "DISPLAY": f":{line.readline().strip()}", "XDG_CONFIG_HOME": str(folder)}
    environment.pop("QT_QPA_PLATFORM", None)
    find = [shutil.which("xdotool"), "search", "--onlyvisible", "--name", "违建管控|weijian"]
    window = subprocess.Popen([BUNDLE / ("weijian-window" + PROGRAM.suffix)], env=environment, cwd=folder)
    try:
        end = time.monotonic() + SECONDS_TO_OPEN
        shown = b""
        while not shown:
            shown = subprocess.run(find, env=environment, capture_output=True, check=False).stdout
            if window.poll() is not None or time.monotonic() > end:
                sys.exit("The built program did not open its window.")
            time.sleep(1)
        quit_key = [find[0], "windowfocus", "--sync", shown.split()[-1].decode(), "key", "ctrl+q"]
        subprocess.run(quit_key, env=environment, check=True)
        print(f"weijian-window: opened and closed, exit {window.wait(30)}")
    finally:
        window.kill()
        screen.terminate()
        screen.wait()


def main() -> None:
    """Check the version, the demo's results and the window."""
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
        refuse_server(environment, folder)
        open_window(environment, folder)
    print("The built program works.")


if __name__ == "__main__":
    main()
