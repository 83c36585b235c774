"""Lengths of time in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_MINUTE, _HOUR = 60, 3600
_SHORT = 10


def lasted(seconds: float) -> str:
    """How long something took or has taken so far."""
    whole = int(seconds)
    if whole < 1:
        return QCoreApplication.translate("spans", "under 1 s")
    if whole < _MINUTE:
        return QCoreApplication.translate("spans", "{seconds} s").format(seconds=whole)
    if whole < _HOUR:
        text = QCoreApplication.translate("spans", "{minutes} min {seconds} s")
        return text.format(minutes=whole // _MINUTE, seconds=whole % _MINUTE)
    text = QCoreApplication.translate("spans", "{hours} h {minutes} min")
    return text.format(hours=whole // _HOUR, minutes=whole % _HOUR // _MINUTE)


def left(seconds: float) -> str:
    """How long the present step of a job will still take, no finer than the estimate deserves."""
    if seconds < _SHORT:
        return QCoreApplication.translate("spans", "this step: a few seconds left")
    if seconds < _MINUTE - _SHORT / 2:
        text = QCoreApplication.translate("spans", "this step: about {seconds} s left")
        return text.format(seconds=round(seconds / _SHORT) * _SHORT)
    minutes = max(1, round(seconds / _MINUTE))
    if minutes < _HOUR // _MINUTE:
        return QCoreApplication.translate("spans", "this step: about {minutes} min left").format(minutes=minutes)
    text = QCoreApplication.translate("spans", "this step: about {hours} h {minutes} min left")
    return text.format(hours=minutes // 60, minutes=minutes % 60)
