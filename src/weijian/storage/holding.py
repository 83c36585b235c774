"""Holds a database's write-ahead log in place while it is open.

On Linux a process's own file locks do not bind that process. GDAL (pyogrio, fiona) brings its own SQLite: when it opens
``workspace.gpkg`` in a process that has the workspace open, it sees no lock of ours, takes itself for the last user as
it closes, and deletes the log that we go on writing to; what is committed after that is gone with a crash. Locks on
open file descriptions do bind everyone. Windows' locks always do.

Sources: https://www.sqlite.org/lockingv3.html, https://www.sqlite.org/walformat.html#locks, fcntl_locking(2).
"""

import os
import struct
import sys
from contextlib import ExitStack
from pathlib import Path

_SHARED = (0x40000002, 510)
"""Start and length of the bytes of the database that a reader locks; the last user must lock them alone."""

_ALIVE = (128, 1)
"""The byte of the ``-shm`` file that every user of the log locks; the first user finds it free and resets the file."""


def hold(database: Path) -> ExitStack:
    """Hold the log of an open database until the answer is closed."""
    held = ExitStack()
    if sys.platform == "linux":
        for path, span in ((database, _SHARED), (database.with_name(database.name + "-shm"), _ALIVE)):
            if path.exists():
                _lock(held, path, span)
    return held


if sys.platform == "linux":
    import fcntl

    def _lock(held: ExitStack, path: Path, span: tuple[int, int]) -> None:
        """Share a lock on a span of a file; a file system without such locks goes without."""
        file = held.enter_context(path.open("rb", buffering=0))
        start, length = span
        request = struct.pack("hhqqi0q", fcntl.F_RDLCK, os.SEEK_SET, start, length, 0)
        try:
            fcntl.fcntl(file, fcntl.F_OFD_SETLK, request)
        except OSError:
            return
