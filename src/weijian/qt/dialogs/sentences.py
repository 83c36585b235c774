"""Errors as a dialog says them: what to do is in the dialog, not on a command line."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from weijian.cadastre.errors import CrsBroken, EncodingUndecided, FieldMissing, OutsideChina
from weijian.domain.errors import CrsChoiceContradicted, CrsContradicted, CrsMissing, WeijianError
from weijian.domain.language import Language, Words
from weijian.qt.messages import sentence_of

_IN_DIALOGS: tuple[tuple[type[WeijianError], object], ...] = (
    (CrsMissing, QT_TRANSLATE_NOOP("sentences", "{path} does not state its coordinate system; choose it here.")),
    (
        CrsChoiceContradicted,
        QT_TRANSLATE_NOOP(
            "sentences", "You chose {declared} for {path}, but its coordinates look like {found}; choose the right one."
        ),
    ),
    (
        CrsContradicted,
        QT_TRANSLATE_NOOP(
            "sentences", "{path} states {declared}, but its coordinates look like {found}; choose the right one."
        ),
    ),
    (
        OutsideChina,
        QT_TRANSLATE_NOOP(
            "sentences",
            "In {crs}, {path} lies at {longitude}° E, {latitude}° N, outside China; choose the right system.",
        ),
    ),
    (
        CrsBroken,
        QT_TRANSLATE_NOOP(
            "sentences", "The coordinate system stored with {path} is broken; move its .prj away or export it again."
        ),
    ),
    (
        EncodingUndecided,
        QT_TRANSLATE_NOOP("sentences", "The text encoding of {path} cannot be told; choose another one."),
    ),
    (FieldMissing, QT_TRANSLATE_NOOP("sentences", "{path} has no column for “{expected}”; name it under Columns.")),
)


def said(error: BaseException, language: Language) -> str:
    """One sentence on an error for a line in a dialog."""
    for kind, text in _IN_DIALOGS:
        if isinstance(error, kind) and isinstance(error, WeijianError):
            words = {name: _short(name, value, language) for name, value in error.data.items()}
            return QCoreApplication.translate("sentences", str(text)).format(**words)
    return sentence_of(error, language)


def warning(error: BaseException, language: Language) -> str:
    """That sentence, marked as what keeps one from going on."""
    return f"⚠ {said(error, language)}"


def _short(name: str, value: object, language: Language) -> str:
    if isinstance(value, Words):
        return value.said_in(language)
    return Path(str(value)).name if name == "path" else str(value)
