"""A screen of our own: an X server that draws into memory, and pictures of it."""

import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 1366, 768


@dataclass(frozen=True)
class Screen:
    """A running X server."""

    display: str
    frame_buffer: Path

    def picture(self) -> NDArray[np.uint8]:
        """What is on the screen: (rows, columns, 3) red, green, blue. The frame buffer is an XWD file."""
        content = self.frame_buffer.read_bytes()
        header = struct.unpack(">25I", content[:100])
        width, height, stride, colours = header[4], header[5], header[12], header[19]
        start = header[0] + 12 * colours
        rows = np.frombuffer(content, np.uint8, stride * height, start).reshape(height, stride)
        return rows[:, : width * 4].reshape(height, width, 4)[..., 2::-1]


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """Start an X server that keeps its picture in ``folder``."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(folder)]
    server = subprocess.Popen([*command, "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read, encoding="ascii") as line:
            number = line.readline().strip()
        yield Screen(f":{number}", folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait()
