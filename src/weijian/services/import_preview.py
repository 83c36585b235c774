"""What a file of the archive looks like before anything of it is imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pyproj import CRS, Transformer

from weijian.cadastre import mapping as mappings
from weijian.cadastre.crs import resolve_crs
from weijian.cadastre.errors import ContentUnexpected, MappingUnusable
from weijian.cadastre.faults import Why, numbers_masked
from weijian.cadastre.fields import REQUIRED, field_rules, layer_words
from weijian.cadastre.mapping import FieldMapping, guess, known_value, recognise
from weijian.cadastre.reader import layer_names, read_table
from weijian.cadastre.table import VectorTable
from weijian.cadastre.values import plain_text
from weijian.domain.errors import InputError
from weijian.domain.grid import Bounds
from weijian.domain.table_kind import Kind
from weijian.services.crs_choices import CrsFacts, facts_of
from weijian.services.remote_data import is_allowed_in
from weijian.storage.files import writing_to

PREVIEW_ROWS = 20
MOST_VALUES = 60
"""Different values up to which a column is taken for one of words, not of numbers or names."""


@dataclass(frozen=True)
class TablePreview:
    """A table as it was read with the settings asked for.

    Attributes
    ----------
    layers : tuple of str
        Layers to choose from; empty where the format has none.
    layer : str or None
        The one that was read.
    kind : Kind or None
        What the table seems to hold; None when nothing fits.
    encoding : str
        How text was decoded; ``certain`` is false for a guess, ``undecodable`` counts cells that are not of it.
    rows : tuple of tuple of str
        The first rows, on screen only: they name persons, whose numbers are masked.
    count : int
        All rows.
    mapped : mapping of Kind to FieldMapping
        The guess for each kind.
    counts : mapping of str to tuple
        By heading: the values of a column with how many rows have them, the most frequent first; only columns of few
        different ones.
    has_geometry : bool
    crs : CrsFacts or None
        The CRS the coordinates are taken to be in.
    crs_problem : InputError or None
        Why that cannot be: none stated, contradicted by the coordinates, outside China.
    ground : Bounds or None
        Box of the data in the CRS asked for; None when it is not known.
    """

    path: Path
    layers: tuple[str, ...]
    layer: str | None
    kind: Kind | None
    encoding: str
    certain: bool
    undecodable: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    count: int
    mapped: Mapping[Kind, FieldMapping]
    counts: Mapping[str, tuple[tuple[str, int], ...]]
    has_geometry: bool
    crs: CrsFacts | None
    crs_problem: InputError | None
    ground: Bounds | None

    def samples(self, heading: str, at_most: int = 3) -> tuple[str, ...]:
        """A few different values of a column."""
        column = self.headings.index(heading)
        return tuple(dict.fromkeys(row[column] for row in self.rows if row[column]))[:at_most]


def preview_table(
    file: Path,
    layer: str | None = None,
    encoding: str = "auto",
    crs: str | None = None,
    target: CRS | None = None,
    *,
    workspace: Path | None = None,
) -> TablePreview:
    """Read a table and say what is in it; nothing is written.

    Parameters
    ----------
    file : Path
    layer : str, optional
        By default the one whose name tells a kind of the archive, else the first.
    encoding : str
        "auto" or a name such as "GBK".
    crs : str, optional
        Outweighs what the file states.
    target : pyproj.CRS, optional
        In which ``ground`` is told.
    workspace : Path, optional
        For which it is read; its settings say whether data on the network are let in.

    Raises
    ------
    InputError
        The file is missing, damaged, of another kind, or its encoding cannot be told.
    """
    remote = workspace is not None and is_allowed_in(workspace)
    layers = layer_names(file, remote=remote)
    read = partial(read_table, file, encoding=encoding, crs=crs, remote=remote)
    table = _likeliest(read, layers if layer is None else (layer,))
    known, problem = _placed(table, crs)
    seen = recognise(table)
    return TablePreview(
        path=file,
        layers=layers,
        layer=table.layer if layers else None,
        kind=None if seen is None else seen.kind,
        encoding=str(table.encoding),
        certain=table.encoding.certain,
        undecodable=sum(fault.why is Why.UNDECODABLE for fault in table.faults),
        headings=table.headings,
        rows=tuple(tuple(map(numbers_masked, row)) for row in table.preview(PREVIEW_ROWS)),
        count=len(table),
        mapped={kind: guess(table, kind) for kind in Kind},
        counts=_counts(table),
        has_geometry=table.geometry is not None,
        crs=None if table.crs is None else facts_of(table.crs),
        crs_problem=problem,
        ground=None if known is None else _ground(table, known, target),
    )


def required_field(kind: Kind) -> str:
    """The field a table of a kind cannot do without."""
    return REQUIRED[kind]


def fields_of(kind: Kind) -> tuple[str, ...]:
    """Fields a kind has, in their order."""
    return field_rules().targets(kind)


def constant_values(kind: Kind, field: str) -> tuple[str, ...]:
    """Values that may be given to a field of every row, where the file has no column for it."""
    return tuple(field_rules().values.get(kind, {}).get(field, {}))


@dataclass(frozen=True)
class ValueLine:
    """A word of the file: in which field, in how many rows, and what it means; None where nobody knows."""

    field: str
    word: str
    rows: int
    meaning: str | None


def value_fields(kind: Kind) -> tuple[str, ...]:
    """Fields of a kind whose words can be given a meaning."""
    return tuple(field_rules().values.get(kind, {}))


def takes_any_word(kind: Kind, field: str) -> bool:
    """Whether a word without a meaning is kept as it is written; elsewhere its row is a fault."""
    return kind is Kind.BUILDINGS and field == "structure"


def value_lines(preview: TablePreview, mapping: FieldMapping) -> tuple[ValueLine, ...]:
    """The words of a file that can be given a meaning, those the program does not know first, then the most frequent.

    What is said of a word does not move it: a person goes through the list.
    """
    unsaid = replace(mapping, values={})
    lines = [
        ValueLine(field, word, rows, _meaning(mapping, field, word))
        for field in value_fields(mapping.kind)
        for word, rows in preview.counts.get(mapping.columns.get(field, ""), ())
    ]
    return tuple(
        sorted(lines, key=lambda line: (line.field, _meaning(unsaid, line.field, line.word) is not None, -line.rows))
    )


def with_meaning(mapping: FieldMapping, field: str, word: str, meaning: str | None) -> FieldMapping:
    """The mapping with another meaning of a word; None takes what was said of it back."""
    words = {key: value for key, value in mapping.values.get(field, {}).items() if key != word}
    if meaning is not None:
        words[word] = meaning
    return replace(mapping, values={**mapping.values, field: words})


def saved_mappings(folder: Path, preview: TablePreview, kind: Kind) -> dict[str, FieldMapping]:
    """The mappings kept in a folder that fit a file, by name: of its kind, and all their columns are there."""
    fitting = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            mapping = load_mapping(path, kind)
        except InputError:
            continue
        if mapping.columns and set(mapping.columns.values()) <= set(preview.headings):
            fitting[path.stem] = mapping
    return fitting


def _meaning(mapping: FieldMapping, field: str, word: str) -> str | None:
    said = mapping.values.get(field, {}).get(word)
    if said is not None or takes_any_word(mapping.kind, field):
        return said
    return known_value(mapping.kind, field, word)


def _counts(table: VectorTable) -> dict[str, tuple[tuple[str, int], ...]]:
    counts = {}
    for heading, cells in table.columns.items():
        words: Counter[str] = Counter()
        for cell, rows in Counter(cells.tolist()).items():
            word = plain_text(cell)
            if word is not None:
                words[word] += rows
        if 0 < len(words) <= MOST_VALUES:
            counts[heading] = tuple(words.most_common())
    return counts


def load_mapping(path: Path, kind: Kind) -> FieldMapping:
    """Read a mapping of a kind from a TOML file.

    Raises
    ------
    FileMissing, MappingUnusable
        There is none, or it is for another kind of table.
    """
    mapping = mappings.load(path)
    if mapping.kind is not kind:
        raise MappingUnusable(path=path, entry=f"kind = {mapping.kind}")
    return mapping


def save_mapping(mapping: FieldMapping, path: Path) -> Path:
    """Write a mapping to a TOML file; TargetUnwritable when that is not possible."""
    with writing_to(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    return mappings.save(mapping, path)


def _likeliest(read: Callable[..., VectorTable], layers: tuple[str, ...]) -> VectorTable:
    """The likeliest of some layers that has rows: a workbook may begin with a page of words."""
    words = [word for kind in Kind for word in layer_words(kind)]
    likely = sorted(layers, key=lambda name: not any(word in name.lower() for word in words))
    for name in likely[:-1]:
        with suppress(ContentUnexpected):
            table = read(layer=name)
            if len(table):
                return table
    return read(layer=likely[-1] if likely else None)


def _placed(table: VectorTable, given: str | None) -> tuple[CRS | None, InputError | None]:
    if table.geometry is None:
        return None, None
    try:
        return resolve_crs(table, given), None
    except InputError as error:
        return None, error


def _ground(table: VectorTable, crs: CRS, target: CRS | None) -> Bounds | None:
    if table.bounds is None or target is None:
        return table.bounds
    box: Bounds = Transformer.from_crs(crs, target, always_xy=True).transform_bounds(*table.bounds)
    return box
