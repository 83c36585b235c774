"""Paper: pages, and boxes on them. All lengths are millimetres from the page's top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PageSize(StrEnum):
    """ISO 216 sizes that an office printer takes."""

    A4 = "A4"
    A3 = "A3"


_SHORT_AND_LONG_SIDE = {PageSize.A4: (210.0, 297.0), PageSize.A3: (297.0, 420.0)}


@dataclass(frozen=True)
class Page:
    """A sheet of paper and how it lies."""

    size: PageSize = PageSize.A3
    landscape: bool = True

    @property
    def width(self) -> float:
        """Width in millimetres."""
        return _SHORT_AND_LONG_SIDE[self.size][1 if self.landscape else 0]

    @property
    def height(self) -> float:
        """Height in millimetres."""
        return _SHORT_AND_LONG_SIDE[self.size][0 if self.landscape else 1]

    @property
    def name(self) -> str:
        """The name in :data:`PAGES`: what a command line or a message calls it."""
        return f"{self.size.value}-{'landscape' if self.landscape else 'portrait'}"


PAGES = {page.name: page for page in (Page(size, lies) for size in PageSize for lies in (True, False))}
"""Every page there is, by name: A4-landscape, A4-portrait, A3-landscape, A3-portrait."""


@dataclass(frozen=True)
class Box:
    """A rectangle on the page, in millimetres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def inset(self, horizontal: float, vertical: float | None = None) -> Box:
        """This box with so much less on each side."""
        vertical = horizontal if vertical is None else vertical
        return Box(self.x + horizontal, self.y + vertical, self.width - 2 * horizontal, self.height - 2 * vertical)

    def top_slice(self, height: float) -> Box:
        """The uppermost strip."""
        return Box(self.x, self.y, self.width, height)

    def below(self, height: float) -> Box:
        """What is left under the uppermost strip."""
        return Box(self.x, self.y + height, self.width, self.height - height)

    def columns(self, *shares: float) -> tuple[Box, ...]:
        """Side by side, with widths in the proportion of ``shares``."""
        boxes: list[Box] = []
        x = self.x
        for share in shares:
            width = self.width * share / sum(shares)
            boxes.append(Box(x, self.y, width, self.height))
            x += width
        return tuple(boxes)

    def rows(self, *shares: float) -> tuple[Box, ...]:
        """One under the other, with heights in the proportion of ``shares``."""
        boxes: list[Box] = []
        y = self.y
        for share in shares:
            height = self.height * share / sum(shares)
            boxes.append(Box(self.x, y, self.width, height))
            y += height
        return tuple(boxes)

    def overlaps(self, other: Box) -> bool:
        """True when the two share more than an edge."""
        tolerance = 1e-6
        return (
            self.x < other.right - tolerance
            and other.x < self.right - tolerance
            and self.y < other.bottom - tolerance
            and other.y < self.bottom - tolerance
        )
