"""What a detection has finished, kept on disk until the whole is: an interrupted run goes on from there.

A text file of lines, each ``CRC32 JSON``: first the key of the run, then a line for each finished window or candidate
as it is finished. A line that was cut off or damaged is as if it had never been written.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import secrets
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import shapely
from shapely import MultiPolygon, Polygon

import weijian
from weijian.detection.segments import Fragment
from weijian.domain.finding import Change, ChangeType, Method
from weijian.whole_results import replaced

ENDING = ".resume"
_OUTLINES = ("outline", "after_outline")


@dataclass(frozen=True)
class Cost:
    """What reading a window took: bytes of pixels, and seconds of one hand."""

    bytes_read: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Proposed:
    """Candidate pieces of one window, and the changes that it shows whole."""

    fragments: tuple[Fragment, ...] = ()
    cost: Cost = Cost()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Described:
    """What one candidate is; ``changes`` None when it is too large to be looked at."""

    changes: tuple[Change, ...] | None = ()
    cost: Cost = Cost()


@dataclass
class Checkpoint:
    """Finished windows and candidates by number. What is kept goes to disk at once, as far as the disk allows."""

    windows: dict[int, Proposed] = field(default_factory=dict)
    candidates: dict[int, Described] = field(default_factory=dict)
    _file: BinaryIO | None = None

    @property
    def seconds_reading(self) -> float:
        """What reading took, in seconds of one hand."""
        windows = sum(found.cost.seconds for found in self.windows.values())
        return windows + sum(found.cost.seconds for found in self.candidates.values())

    def keep_window(self, number: int, found: Proposed) -> None:
        """Keep what a window gave."""
        self.windows[number] = found
        pieces = [[piece.polygon.wkb_hex, piece.weight, *piece.evidence] for piece in found.fragments]
        changes = [_plain(change) for change in found.changes]
        self._write({"window": number, "found": pieces, "changes": changes, "cost": asdict(found.cost)})

    def keep_candidate(self, number: int, found: Described) -> None:
        """Keep what a candidate turned out to be."""
        self.candidates[number] = found
        changes = None if found.changes is None else [_plain(change) for change in found.changes]
        self._write({"candidate": number, "found": changes, "cost": asdict(found.cost)})

    def _write(self, entry: dict[str, Any]) -> None:
        if self._file is None:
            return
        try:
            self._file.write(_line(entry))
        except OSError:  # no reason to give up the work itself
            with suppress(OSError):
                self._file.close()
            self._file = None


@contextmanager
def checkpoint(path: Path | None, key: str) -> Iterator[Checkpoint]:
    """The checkpoint of a run under ``path`` (None: nowhere); empty unless it was begun with the same ``key``.

    The file stays; :func:`forget` it when the result is written.
    """
    kept = Checkpoint() if path is None else _read(path, key)
    if path is None:
        yield kept
        return
    try:
        if not kept.windows:
            with replaced(path) as fresh:
                fresh.write_bytes(_line({"run": key}))
        file = path.open("ab", buffering=0)
    except OSError:  # nowhere to keep anything: the run itself is not hindered
        yield kept
        return
    with file:
        file.write(b"\n")  # ends a line that was cut off
        kept._file = file
        yield kept
        kept._file = None


def forget(path: Path | None) -> None:
    """Remove the checkpoint of a run whose result is written."""
    if path is not None:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def key_of(work: object, inputs: Iterable[Path]) -> str:
    """What a run is known by: the program, everything its windows depend on, and the state of the files it reads."""
    digest = hashlib.sha256(weijian.__version__.encode())
    for path in sorted(inputs):
        digest.update(f"{path.absolute()} {_state(path)}\n".encode())
    digest.update(pickle.dumps(work, protocol=5))
    return digest.hexdigest()


def _state(path: Path) -> str:
    """Size and time of a file; where they cannot be had (an object store), no two are the same."""
    try:
        status = path.stat()
    except OSError:
        return secrets.token_hex(8)
    return f"{status.st_size} {status.st_mtime_ns}"


def _line(entry: dict[str, Any]) -> bytes:
    text = json.dumps(entry, separators=(",", ":"), default=float).encode()  # numbers of numpy too
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of a checkpoint."""
    with suppress(OSError), path.open("rb") as file:
        for line in file:
            check, _, text = line.rstrip(b"\n").partition(b" ")
            if text and check == b"%08x" % zlib.crc32(text):
                yield json.loads(text)


def _read(path: Path, key: str) -> Checkpoint:
    kept = Checkpoint()
    entries = _entries(path)
    if next(entries, {}).get("run") != key:
        return kept
    for entry in entries:
        cost = Cost(**entry["cost"])
        if "window" in entry:
            pieces = tuple(Fragment(_polygon(wkb), weight, tuple(rest)) for wkb, weight, *rest in entry["found"])
            kept.windows[entry["window"]] = Proposed(pieces, cost, tuple(map(_change, entry["changes"])))
        else:
            changes = None if entry["found"] is None else tuple(_change(plain) for plain in entry["found"])
            kept.candidates[entry["candidate"]] = Described(changes, cost)
    return kept


def _plain(change: Change) -> dict[str, Any]:
    outlines = {"outline": change.outline, "after_outline": change.after_outline}
    hexed = {name: None if outline is None else outline.wkb_hex for name, outline in outlines.items()}
    return {**vars(change), **hexed}


def _change(plain: dict[str, Any]) -> Change:
    outlines = {name: None if plain[name] is None else _outline(plain[name]) for name in _OUTLINES}
    kinds = {"change_type": ChangeType(plain["change_type"]), "method": Method(plain["method"])}
    return Change(**{**plain, **outlines, **kinds})


def _outline(wkb: str) -> Polygon | MultiPolygon:
    shape = shapely.from_wkb(wkb)
    if not isinstance(shape, Polygon | MultiPolygon):
        raise TypeError(f"an outline is no {shape.geom_type}")
    return shape


def _polygon(wkb: str) -> Polygon:
    shape = _outline(wkb)
    if not isinstance(shape, Polygon):
        raise TypeError("a piece is one polygon")
    return shape
