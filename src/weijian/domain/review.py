"""What a reviewer may change of a finding."""

from dataclasses import dataclass

from shapely import MultiPolygon, Polygon

from weijian.domain.finding import ReviewStatus

DRAWN_BY_HAND = "（人工修改轮廓"
"""Begins the note in the reason of a finding whose outline a reviewer has replaced; taking that back removes it."""


@dataclass(frozen=True)
class ReviewState:
    """Everything of a finding that a review touches, as it stood at one moment. Areas in m²."""

    review: ReviewStatus
    review_reason: str | None
    geometry: Polygon | MultiPolygon
    after_outline: Polygon | MultiPolygon | None
    area_m2: float
    area_sigma_m2: float
    reason: str


@dataclass(frozen=True)
class ReviewUndo:
    """One review verb: how the finding stood before, and how the verb left it."""

    finding_no: str
    before: ReviewState
    after: ReviewState
