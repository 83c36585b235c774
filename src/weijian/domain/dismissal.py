"""Why a finding was dismissed (误报): a short list of reasons, and words of one's own where none fits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DismissalReason(StrEnum):
    """阴影, 植被, 车辆或临时物, 大棚, 影像错位, 已有许可, 不属本辖区, 其他."""

    SHADOW = "shadow"
    VEGETATION = "vegetation"
    TEMPORARY_OBJECT = "temporary_object"
    GREENHOUSE = "greenhouse"
    ALIGNMENT = "alignment"
    ALREADY_PERMITTED = "already_permitted"
    OUTSIDE_JURISDICTION = "outside_jurisdiction"
    OTHER = "other"


@dataclass(frozen=True)
class Dismissal:
    """A reason with an optional note; both are kept as one text, ``code`` or ``code: note``."""

    reason: DismissalReason
    note: str = ""

    @property
    def stored(self) -> str:
        """The text that is kept.

        >>> Dismissal(DismissalReason.OTHER, " 鸡棚 ").stored
        'other: 鸡棚'
        """
        note = self.note.strip()
        return f"{self.reason.value}: {note}" if note else self.reason.value

    @classmethod
    def read(cls, stored: str) -> Dismissal:
        """The reason of a kept text; a text without a code, as other programs write it, is another reason.

        >>> Dismissal.read("shadow"), Dismissal.read("大棚").note
        (Dismissal(reason=<DismissalReason.SHADOW: 'shadow'>, note=''), '大棚')
        """
        code, _, note = stored.partition(":")
        try:
            return cls(DismissalReason(code.strip()), note.strip())
        except ValueError:
            return cls(DismissalReason.OTHER, stored.strip())
