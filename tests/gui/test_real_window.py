"""The demo in a real window on a real X server, as a user starts it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from helpers.screen import Screen, screen

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("xdotool") is None, reason="needs Xvfb and xdotool for a real window"
)


def wait(until: Callable[[], object], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.3)


def map_has_colours(shown: Screen) -> bool:
    """Whether the middle of the screen shows imagery rather than an empty page."""
    middle = shown.picture()[200:500, 450:900].reshape(-1, 3)
    return len(np.unique(middle >> 3, axis=0)) > 300


def test_the_demo_opens_a_window_and_leaves_by_key(tmp_path: Path) -> None:
    with screen(tmp_path) as shown:
        environment = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
        environment |= {"DISPLAY": shown.display, "XDG_CONFIG_HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8"}
        command = [sys.executable, "-m", "weijian", "demo", "--out", str(tmp_path / "demo")]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as running:
            try:

                def titled() -> bool:
                    assert running.poll() is None, running.stderr.read().decode() if running.stderr else ""
                    search = ["xdotool", "search", "--name", "样例村"]
                    return bool(subprocess.run(search, env=environment, capture_output=True, check=False).stdout)

                wait(titled)
                wait(lambda: map_has_colours(shown))
                Image.fromarray(shown.picture()).save(tmp_path / "window.png")
                keys = ["xdotool", "search", "--onlyvisible", "--name", "样例村", "windowfocus", "key", "ctrl+q"]
                subprocess.run(keys, env=environment, check=True, capture_output=True)
                assert running.wait(30) == 0
            finally:
                running.kill()
