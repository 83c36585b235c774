"""Importing the archive into a workspace: read, map, check, and keep all of it or nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from shapely import MultiPolygon, Polygon

from weijian.cadastre import records
from weijian.cadastre.collecting import Records
from weijian.cadastre.faults import RowFault, Why
from weijian.cadastre.fields import layer_words
from weijian.cadastre.mapping import FieldMapping, guess, load
from weijian.cadastre.reader import read_table
from weijian.cadastre.table import VectorTable
from weijian.domain.change_set import ChangeSet, Done
from weijian.domain.errors import InputError
from weijian.domain.job import Job, Progress
from weijian.domain.parallel import Threads, aside
from weijian.domain.table_kind import Kind
from weijian.services.actor import current_actor
from weijian.services.many_values import uncollected
from weijian.services.remote_data import is_allowed
from weijian.storage.repositories.persons import Persons
from weijian.storage.repositories.register import Layer, Register, UpsertCount
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import Workspace, open_workspace

_BUILDERS: Mapping[Kind, Callable[..., Records[Any]]] = MappingProxyType(
    {
        Kind.HOUSEHOLDS: records.households,
        Kind.PERSONS: records.persons,
        Kind.PARCELS: records.parcels,
        Kind.BUILDINGS: records.buildings,
        Kind.PERMITS: records.permits,
        Kind.ZONES: records.zones,
    }
)


_OF_NUMBERS = (Why.NOT_A_PHONE, Why.NOT_AN_ID, Why.NUMBER_OF_NOBODY)


class MappingOfAnotherKind(InputError):
    """A mapping file is for another kind of table than is imported."""

    zh = "字段对应表 {path} 是给 {stated} 用的，不能用来导入 {wanted}；请改正其中的 kind，或换一个文件。"
    en = "The mapping {path} is for {stated} and cannot serve for {wanted}; correct its kind or choose another file."


@dataclass(frozen=True)
class ImportRequest:
    """What to import, and how.

    ``crs`` is for a file that states none; ``mapping`` a TOML file or what one would say, the headings are guessed
    without it. ``remote`` allows data elsewhere and on the network, as the workspace may for all of them.
    """

    kind: Kind
    file: Path
    workspace: Path
    layer: str | None = None
    encoding: str = "auto"
    crs: str | None = None
    mapping: Path | FieldMapping | None = None
    dry_run: bool = False
    skip_bad_rows: bool = False
    remote: bool = False


@dataclass(frozen=True)
class ImportSummary:
    """What an import did; ``count`` is None when nothing was written (dry run, or refused for bad rows).

    Every row read is either usable, told as repeated, or has a fault. ``encoding`` is how text was read, ``columns``
    goes from field to the file's heading, ``unused`` are headings of columns that hold something and are not taken.
    ``expected`` is what a dry run would do to the archive, ``number`` that of
    the import, by which it can be taken back.
    """

    encoding: str
    rows: int
    usable: int
    columns: Mapping[str, str]
    faults: tuple[RowFault, ...]
    repairs: tuple[RowFault, ...]
    count: UpsertCount | None
    refused: bool
    expected: UpsertCount | None = None
    number: int | None = None
    unused: tuple[str, ...] = ()


def import_file(request: ImportRequest) -> Job[Done[ImportSummary]]:
    """Import one file in one transaction.

    A file without outlines brings attributes to what is in the archive under the same numbers; fields that the file
    does not speak of stay as they are.

    Raises
    ------
    InputError
        The workspace, the file, its layer, encoding, CRS or mapping cannot be used. Bad rows raise nothing: they are
        in the summary, and without ``skip_bad_rows`` the import is refused for them.
    """
    with open_workspace(request.workspace) as workspace, uncollected(), Threads(1) as hand:
        read = partial(
            read_table,
            request.file,
            layer=request.layer,
            encoding=request.encoding,
            crs=request.crs,
            wanted=layer_words(request.kind),
            remote=is_allowed(workspace, request.remote),
        )
        table = yield from aside("read", read, hand)
        mapping = _mapping(request, table)
        archive = None if table.geometry is not None else _outlines(workspace, request.kind)
        build = partial(_BUILDERS[request.kind], table, mapping, workspace.crs, archive)
        found = yield from aside("check", build, hand)
        people = records.holders(table, mapping) if request.kind is Kind.HOUSEHOLDS else None
        refused = bool(found.faults) and not request.skip_bad_rows
        count, changes, expected, number = None, ChangeSet(), None, None
        if request.dry_run:
            yield Progress("compare", 0, 1)
            with workspace.read() as work:
                register = _register(work, request.kind)
                if not isinstance(register, Persons):
                    expected = register.expected(found.values, _fields(table, mapping))
        if not refused and not request.dry_run:
            yield Progress("store", 0, 1)
            with workspace.transaction(current_actor(), f"import-{request.kind}") as work:
                register = _register(work, request.kind)
                count = (
                    register.upsert_many(found.values)
                    if isinstance(register, Persons)
                    else register.upsert_many(found.values, _fields(table, mapping))
                )
                if people is not None:
                    kept = {household.household_no for household in found.values}
                    work.persons.upsert_many(each for each in people.values if each.household_no in kept)
                rejected = len({fault.row for fault in found.faults})
                number = work.imports.note(request.kind, request.file.name, count, rejected)
                changes = work.changes
    notes = found.repairs if people is None else (*found.repairs, *_only_of_numbers(people.repairs))
    summary = ImportSummary(
        encoding=str(table.encoding),
        rows=len(table),
        usable=len(found.values),
        columns=mapping.columns,
        faults=found.faults,
        repairs=notes,
        count=count,
        refused=refused,
        expected=expected,
        number=number,
        unused=_unused(table, mapping),
    )
    return Done(summary, changes)


def _only_of_numbers(notes: Iterable[RowFault]) -> list[RowFault]:
    """What was said of telephone and identity numbers; the rest was said of the households already."""
    return [note for note in notes if note.why in _OF_NUMBERS]


def _mapping(request: ImportRequest, table: VectorTable) -> FieldMapping:
    if request.mapping is None:
        return guess(table, request.kind)
    mapping = load(request.mapping) if isinstance(request.mapping, Path) else request.mapping
    if mapping.kind is not request.kind:
        raise MappingOfAnotherKind(path=request.mapping, stated=mapping.kind, wanted=request.kind)
    return mapping


def _unused(table: VectorTable, mapping: FieldMapping) -> tuple[str, ...]:
    """Columns that nothing is taken from, though they hold something."""
    taken = set(mapping.columns.values())
    return tuple(h for h, column in table.columns.items() if h not in taken and any(v is not None for v in column))


def _fields(table: VectorTable, mapping: FieldMapping) -> frozenset[str]:
    """Fields that the file speaks of; of what is in the archive already the others stay as they are."""
    geometry = () if table.geometry is None else ("geometry",)
    return frozenset((*mapping.columns, *mapping.constants, *geometry))


def _outlines(workspace: Workspace, kind: Kind) -> Mapping[str, Polygon | MultiPolygon] | None:
    """Outlines of the archive, to which a file without any brings attributes; None where the kind has none."""
    with workspace.read() as work:
        register = _register(work, kind)
        if not isinstance(register, Layer):
            return None
        kept = register.footprints()
        return dict(zip(kept.numbers, kept.geometry.tolist(), strict=True))


def _register(work: UnitOfWork, kind: Kind) -> Register[Any] | Persons:
    registers: dict[Kind, Register[Any] | Persons] = {
        Kind.HOUSEHOLDS: work.households,
        Kind.PERSONS: work.persons,
        Kind.PARCELS: work.parcels,
        Kind.BUILDINGS: work.buildings,
        Kind.PERMITS: work.permits,
        Kind.ZONES: work.zones,
    }
    return registers[kind]
