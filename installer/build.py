"""Build the program for this platform, and the Windows installer around it.

    python installer/build.py           dist/weijian/, by PyInstaller
    python installer/build.py --nsis    dist/weijian-VERSION-setup.exe around dist/weijian/, by makensis
    python installer/build.py --nsis --quick    the same, larger: compressed in a minute instead of ten and more

A Windows program is built on Windows. On Linux the second command shows that the installer script compiles.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from weijian import __version__

HERE = Path(__file__).resolve().parent
DIST = HERE.parent / "dist"
BUNDLE = DIST / "weijian"


def build_program() -> None:
    """Make the folder that holds the whole program."""
    work = HERE.parent / "build" / "pyinstaller"
    options = ["--noconfirm", "--log-level", "WARN", "--distpath", DIST, "--workpath", work]
    subprocess.run([sys.executable, "-m", "PyInstaller", *options, HERE / "weijian.spec"], check=True)
    size = sum(path.stat().st_size for path in BUNDLE.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{BUNDLE}: {size / 1e6:.0f} MB")


def build_installer(quick: bool) -> None:
    """Compile the Windows installer around the program's folder."""
    makensis = shutil.which("makensis")
    if makensis is None:
        sys.exit("makensis is not installed (Debian: apt-get install nsis).")
    if not BUNDLE.is_dir():
        sys.exit(f"{BUNDLE} is not there; run `python installer/build.py` first.")
    setup = DIST / f"weijian-{__version__}-setup.exe"
    defines = {"BUNDLE": BUNDLE, "VERSION": __version__, "SETUP": setup, "LICENSE": HERE.parent / "LICENSE"}
    if quick:
        defines["QUICK"] = "1"
    subprocess.run(
        [makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8"]
        + [f"-D{name}={value}" for name, value in defines.items()]
        + [str(HERE / "weijian.nsi")],
        check=True,
    )
    print(f"{setup}: {setup.stat().st_size / 1e6:.0f} MB")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nsis", action="store_true", help="compile the Windows installer")
    parser.add_argument("--quick", action="store_true", help="with --nsis: compress less")
    arguments = parser.parse_args()
    if arguments.nsis:
        build_installer(arguments.quick)
    else:
        build_program()


if __name__ == "__main__":
    main()
