"""Words for why a finding was dismissed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from weijian.domain.dismissal import Dismissal, DismissalReason

_REASONS: Mapping[DismissalReason, object] = MappingProxyType(
    {
        DismissalReason.SHADOW: QT_TRANSLATE_NOOP("review_words", "Shadow"),
        DismissalReason.VEGETATION: QT_TRANSLATE_NOOP("review_words", "Vegetation"),
        DismissalReason.TEMPORARY_OBJECT: QT_TRANSLATE_NOOP("review_words", "Vehicle or temporary object"),
        DismissalReason.GREENHOUSE: QT_TRANSLATE_NOOP("review_words", "Greenhouse"),
        DismissalReason.ALIGNMENT: QT_TRANSLATE_NOOP("review_words", "Images out of line"),
        DismissalReason.ALREADY_PERMITTED: QT_TRANSLATE_NOOP("review_words", "Already permitted"),
        DismissalReason.OUTSIDE_JURISDICTION: QT_TRANSLATE_NOOP("review_words", "Outside the jurisdiction"),
        DismissalReason.OTHER: QT_TRANSLATE_NOOP("review_words", "Other"),
    }
)


def reason_name(reason: DismissalReason) -> str:
    """The word for a reason, in the window's language."""
    return QCoreApplication.translate("review_words", str(_REASONS[reason]))


def dismissal_text(dismissal: Dismissal) -> str:
    """A reason with its note; of another reason the note alone, when there is one."""
    if not dismissal.note:
        return reason_name(dismissal.reason)
    if dismissal.reason is DismissalReason.OTHER:
        return dismissal.note
    pattern = QCoreApplication.translate("review_words", "{reason}: {note}")
    return pattern.format(reason=reason_name(dismissal.reason), note=dismissal.note)
