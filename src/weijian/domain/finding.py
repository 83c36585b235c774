"""The finding (疑似图斑): a changed structure as detection or a person outlined it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shapely import MultiPolygon, Polygon

from weijian.domain.zone import ZoneKind


class ChangeType(StrEnum):
    """新增, 扩建, 加层, 拆除, 翻建."""

    NEW = "new"
    EXTENDED = "extended"
    RAISED = "raised"
    DEMOLISHED = "demolished"
    REBUILT = "rebuilt"


CHANGE_NAMES = {
    ChangeType.NEW: "新增",
    ChangeType.EXTENDED: "扩建",
    ChangeType.RAISED: "加层",
    ChangeType.DEMOLISHED: "拆除",
    ChangeType.REBUILT: "翻建",
}
"""Chinese name of each change type."""


class Method(StrEnum):
    """How a change was found."""

    HEIGHT = "height"
    SPECTRAL = "spectral"
    MODEL = "model"


class PermitStatus(StrEnum):
    """How a change stands to the permits."""

    PERMITTED = "permitted"
    EXCEEDS_PERMIT = "exceeds_permit"
    UNPERMITTED = "unpermitted"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


PERMIT_STATUS_NAMES = {
    PermitStatus.PERMITTED: "符合许可",
    PermitStatus.EXCEEDS_PERMIT: "超出许可",
    PermitStatus.UNPERMITTED: "无许可",
    PermitStatus.EXPIRED: "许可过期",
    PermitStatus.UNKNOWN: "待查",
}
"""Chinese name of each status."""


class ReviewStatus(StrEnum):
    """What the reviewer said of a finding."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


REVIEW_NAMES = {
    ReviewStatus.OPEN: "待复核",
    ReviewStatus.CONFIRMED: "已确认",
    ReviewStatus.DISMISSED: "已排除",
}
"""Chinese name of each verdict, in papers as in the window."""


@dataclass(frozen=True)
class Change:
    """A change of a structure as measured, before it is judged.

    ``outline`` is in the detection grid's CRS. For ``extended`` and ``raised`` it is the changed part, for
    ``rebuilt`` the old and the new footprint together. ``height_change_m`` and its sigma (one standard deviation)
    are None without heights; ``height_m`` is the height above ground after the change, None when not known.
    ``after_outline`` is the whole structure that stands after the change where that differs from ``outline``
    (the new footprint of a ``rebuilt``), else None.
    """

    change_type: ChangeType
    outline: Polygon | MultiPolygon
    area_m2: float
    area_sigma_m2: float
    height_change_m: float | None
    height_sigma_m: float | None
    height_m: float | None
    confidence: float
    method: Method
    after_outline: Polygon | MultiPolygon | None = None


@dataclass(frozen=True)
class Finding:
    """A judged change. What is not known is None.

    Areas in m², heights in m; sigmas are one standard deviation; ``confidence`` is 0 to 1.
    ``permit_status`` is None where no permit is needed (a demolition), UNKNOWN where no permits were given.
    ``reason`` is one plain Chinese sentence that says what was compared with what. ``after_outline`` is as in
    :class:`Change`; orders and their maps show it instead of ``geometry``.
    """

    finding_no: str
    change_type: ChangeType
    geometry: Polygon | MultiPolygon
    area_m2: float
    area_sigma_m2: float
    height_change_m: float | None
    height_sigma_m: float | None
    confidence: float
    method: Method
    building_no: str | None
    household_no: str | None
    parcel_no: str | None
    permit_no: str | None
    permit_status: PermitStatus | None
    excess_area_m2: float | None
    excess_height_m: float | None
    excess_storeys: int | None
    zones: tuple[ZoneKind, ...]
    before_date: date | None
    after_date: date | None
    reason: str
    review: ReviewStatus = ReviewStatus.OPEN
    after_outline: Polygon | MultiPolygon | None = None

    @property
    def structure(self) -> Polygon | MultiPolygon:
        """What stands there unlawfully, if it is unlawful: the outline without ground that was only built on before."""
        return self.after_outline or self.geometry

    @property
    def structure_area_m2(self) -> float:
        """Projected area of the structure in the CRS of the geometry."""
        return self.area_m2 if self.after_outline is None else self.after_outline.area
