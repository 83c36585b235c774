"""The archive, parcels, permits and zones read from files, for a detection outside any workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pyproj import CRS

from weijian.detection.matching import Register
from weijian.domain.table_kind import Kind
from weijian.services.detection_report import Skipped

if TYPE_CHECKING:
    from weijian.cadastre.collecting import Records

T = TypeVar("T")


@dataclass(frozen=True)
class RegisterFiles:
    """Files of one kind each; None when not given.

    ``crs`` is for files that state none, ``remote`` allows files elsewhere and on the network.
    """

    archive: Path | None = None
    parcels: Path | None = None
    permits: Path | None = None
    zones: Path | None = None
    crs: str | None = None
    remote: bool = False

    @property
    def any(self) -> bool:
        """Whether there is a file at all."""
        return any((self.archive, self.parcels, self.permits, self.zones))


def read_register(files: RegisterFiles, crs: CRS) -> tuple[Register, tuple[Skipped, ...]]:
    """Read every file that was given, geometry in ``crs``; rows that cannot be used are told, the others serve."""
    if not files.any:
        return Register((), (), None, ()), ()
    from weijian.cadastre import records
    from weijian.cadastre.crs import parse_crs
    from weijian.cadastre.fields import layer_words
    from weijian.cadastre.mapping import guess
    from weijian.cadastre.reader import read_table

    unused: list[Skipped] = []

    def values(path: Path | None, kind: Kind, build: Callable[..., Records[T]]) -> Sequence[T]:
        if path is None:
            return ()
        table = read_table(path, wanted=layer_words(kind), remote=files.remote)
        if table.crs is None and files.crs is not None:
            table = replace(table, crs=parse_crs(files.crs, path))
        found = build(table, guess(table, kind), crs)
        unused.extend(Skipped(f"{path.name} row {fault.row}", fault.sentence("en")) for fault in found.faults)
        return found.values

    register = Register(
        buildings=values(files.archive, Kind.BUILDINGS, records.buildings),
        parcels=values(files.parcels, Kind.PARCELS, records.parcels),
        permits=None if files.permits is None else values(files.permits, Kind.PERMITS, records.permits),
        zones=values(files.zones, Kind.ZONES, records.zones),
    )
    return register, tuple(unused)
