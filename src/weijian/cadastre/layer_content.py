"""A layer as it is written for others, whatever the format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pyproj import CRS

from weijian.cadastre.table import Objects
from weijian.domain.language import Words


class ValueKind(StrEnum):
    """What the values of a column are; any of them may be None."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, eq=False)
class LayerColumn:
    """One column: ``name`` is the field's, ``heading`` the Chinese one that offices read.

    ``values`` are as the domain keeps them; ``words`` what texts that are words of a glossary are called in Chinese.
    """

    name: str
    heading: str
    kind: ValueKind
    values: Sequence[Any]
    words: Sequence[str | None] | None = None

    @property
    def shown(self) -> Sequence[Any]:
        """The values as offices read them."""
        return self.values if self.words is None else self.words


@dataclass(frozen=True, eq=False)
class LayerContent:
    """What is written: rows of one layer, the first column their numbers.

    ``geometry`` holds polygons or multipolygons in ``crs``, easting first; None for a table without.
    """

    name: str
    title: str
    crs: CRS
    geometry: Objects | None
    columns: tuple[LayerColumn, ...]

    def __len__(self) -> int:
        return len(self.columns[0].values)


Notes = tuple[Words, ...]
"""What could not be written as it is: names and texts that were shortened, outlines that were left out."""
