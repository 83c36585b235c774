"""What the machine around the program is like: other software's settings, and whether there is a screen.

What other software has set for the whole machine must not reach this program.

Surveying software and database servers often point GDAL and PROJ at data of their own; a PROJ database of another
version makes every coordinate transformation fail. What the Python packages bring along is what they were built with.
"""

import sys
from collections.abc import Mapping, MutableMapping

FOREIGN = (
    "GDAL_DATA",
    "GDAL_DRIVER_PATH",
    "OGR_DRIVER_PATH",
    "PROJ_DATA",
    "PROJ_LIB",
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORM_PLUGIN_PATH",
)
"""Environment variables that are taken out."""


def forget_other_software(environment: MutableMapping[str, str]) -> None:
    """Take the variables out; to be called before any library that reads them is loaded."""
    for name in FOREIGN:
        environment.pop(name, None)


def keep_to_own_threads(environment: MutableMapping[str, str]) -> None:
    """Leave the cores to the program's own threads, each at a window of its own; to be called before NumPy is loaded.

    OpenBLAS would start as many again for every small product, and all of them would wait for one another.
    """
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether this machine can show a window to somebody."""
    if environment.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    return sys.platform in ("win32", "darwin") or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
