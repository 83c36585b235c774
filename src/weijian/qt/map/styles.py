"""How outlines are drawn: by what, in which colours, dashes and hatchings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt

from weijian.domain.disposal import DisposalClass
from weijian.domain.finding import ChangeType, PermitStatus, ReviewStatus
from weijian.domain.permit import PermitKind
from weijian.domain.stage import Stage
from weijian.domain.zone import ZoneKind
from weijian.qt.wording import name_of

SOLID: tuple[float, ...] = ()
DASHED = (5.0, 3.0)
DOTTED = (1.0, 2.0)
DASH_DOT = (6.0, 2.0, 1.0, 2.0)
_NAMED = (ChangeType, PermitStatus, ReviewStatus, PermitKind, ZoneKind, DisposalClass)
_NO_HATCH = Qt.BrushStyle.NoBrush


@dataclass(frozen=True)
class Look:
    """Line and filling. Widths in pixels, dashes in line widths, ``fill`` as #AARRGGBB or empty.

    ``hatch`` is drawn in the line's colour over the filling; ``casing`` is a white rim that lifts a line off imagery.
    """

    line: str
    fill: str = ""
    width: float = 2.0
    dash: tuple[float, ...] = SOLID
    hatch: Qt.BrushStyle = _NO_HATCH
    casing: bool = True


@dataclass(frozen=True)
class StyleClass:
    """One line of a legend; ``name`` is a value of the domain, or a text of the context ``styles``."""

    key: str
    name: object
    look: Look

    @property
    def title(self) -> str:
        """Its words in the window's language."""
        return (
            name_of(self.name)
            if isinstance(self.name, _NAMED)
            else QCoreApplication.translate("styles", str(self.name))
        )


@dataclass(frozen=True)
class Style:
    """A way to draw a layer.

    Attributes
    ----------
    key, name : str
    column : str
        The field that decides; empty when all are drawn alike.
    classes : tuple of StyleClass
        The last one is for whatever no other is for.
    sort : callable
        Key of the class that a value of the field belongs to.
    marker_px : float
        What would be drawn smaller than this is drawn as a mark of this size; 0: as small as it is.
    """

    key: str
    name: object
    column: str
    classes: tuple[StyleClass, ...]
    sort: Callable[[object], str]
    marker_px: float = 0.0

    @property
    def title(self) -> str:
        """Its words in the window's language."""
        return QCoreApplication.translate("styles", str(self.name))

    def class_at(self, value: object) -> int:
        """Which of the classes a value belongs to."""
        wanted = self.sort(value)
        return next((n for n, each in enumerate(self.classes) if each.key == wanted), len(self.classes) - 1)


@dataclass(frozen=True)
class StyleChoice:
    """A style as the user chooses it."""

    key: str
    title: str


def style_of(layer: str, key: str) -> Style:
    """The style of that key for a layer (``findings``, ``buildings`` ...), or the layer's first one.

    Raises
    ------
    KeyError
        No layer of outlines is called so.
    """
    styles = _STYLES[layer]
    return next((style for style in styles if style.key == key), styles[0])


def styles_for(layer: str) -> tuple[StyleChoice, ...]:
    """The styles a layer can be drawn in, the usual one first; none for layers that are not outlines."""
    return tuple(StyleChoice(style.key, style.title) for style in _STYLES.get(layer, ()))


def _by_value(value: object) -> str:
    return "" if value is None else str(value)


def _alike(_: object) -> str:
    return ""


def _by_storeys(value: object) -> str:
    return "" if not isinstance(value, int) or value < 1 else str(min(value, 4))


_CHANGES = (
    StyleClass("new", ChangeType.NEW, Look("#e01e37", "#40e01e37")),
    StyleClass("extended", ChangeType.EXTENDED, Look("#f77f00", "#40f77f00", dash=DASH_DOT)),
    StyleClass("raised", ChangeType.RAISED, Look("#8338ec", "#308338ec", hatch=Qt.BrushStyle.HorPattern)),
    StyleClass("demolished", ChangeType.DEMOLISHED, Look("#0077b6", "#200077b6", dash=DASHED)),
    StyleClass("rebuilt", ChangeType.REBUILT, Look("#b5179e", "#30b5179e", hatch=Qt.BrushStyle.BDiagPattern)),
)
_PERMITTED = (
    StyleClass("unpermitted", PermitStatus.UNPERMITTED, Look("#d00000", "#50d00000")),
    StyleClass("exceeds_permit", PermitStatus.EXCEEDS_PERMIT, Look("#f77f00", "#40f77f00", dash=DASH_DOT)),
    StyleClass("expired", PermitStatus.EXPIRED, Look("#8338ec", "#308338ec", dash=DASHED)),
    StyleClass("unknown", PermitStatus.UNKNOWN, Look("#c9a000", "#40ffd60a", dash=DOTTED)),
    StyleClass("permitted", PermitStatus.PERMITTED, Look("#2b9348", "#302b9348", width=1.5)),
    StyleClass("", QT_TRANSLATE_NOOP("styles", "No permit needed"), Look("#5c677d", "", width=1.5)),
)
_REVIEWED = (
    StyleClass("open", ReviewStatus.OPEN, Look("#c9a000", "#50ffd60a", dash=DASHED)),
    StyleClass("confirmed", ReviewStatus.CONFIRMED, Look("#d00000", "#50d00000")),
    StyleClass("dismissed", ReviewStatus.DISMISSED, Look("#5c677d", "", width=1.5, dash=DOTTED)),
)
_STAGES = (
    StyleClass(
        "early", QT_TRANSLATE_NOOP("styles", "Lead and verification"), Look("#c9a000", "#50ffd60a", dash=DASHED)
    ),
    StyleClass(
        "inquiry",
        QT_TRANSLATE_NOOP("styles", "Investigation and review"),
        Look("#f77f00", "#40f77f00", hatch=Qt.BrushStyle.BDiagPattern),
    ),
    StyleClass("decided", QT_TRANSLATE_NOOP("styles", "Decision and service"), Look("#d00000", "#50d00000")),
    StyleClass(
        "enforced",
        QT_TRANSLATE_NOOP("styles", "Enforced demolition"),
        Look("#6a040f", "#406a040f", hatch=Qt.BrushStyle.DiagCrossPattern),
    ),
    StyleClass(
        "after",
        QT_TRANSLATE_NOOP("styles", "Acceptance and reuse"),
        Look("#0077b6", "#300077b6", hatch=Qt.BrushStyle.HorPattern),
    ),
    StyleClass("closed", QT_TRANSLATE_NOOP("styles", "Closed cases"), Look("#2b9348", "#302b9348", width=1.5)),
    StyleClass("aside", QT_TRANSLATE_NOOP("styles", "Set aside"), Look("#5c677d", "", width=1.5, dash=DASH_DOT)),
)
_NO_CASE = StyleClass("", QT_TRANSLATE_NOOP("styles", "No case"), Look("#5c677d", "", width=1.5, dash=DOTTED))
_STAGE_CLASS: Mapping[Stage, str] = MappingProxyType(
    dict.fromkeys((Stage.LEAD, Stage.VERIFICATION), "early")
    | dict.fromkeys(
        (Stage.FILED, Stage.INVESTIGATION, Stage.STOP_NOTICE, Stage.PRIOR_NOTICE, Stage.LEGAL_REVIEW), "inquiry"
    )
    | dict.fromkeys((Stage.DECISION, Stage.SERVED, Stage.REMINDER, Stage.ANNOUNCEMENT), "decided")
    | dict.fromkeys((Stage.ENFORCEMENT_DECISION, Stage.DEMOLITION), "enforced")
    | dict.fromkeys((Stage.ACCEPTANCE, Stage.SITE_REUSE), "after")
    | {Stage.CLOSED: "closed"}
    | dict.fromkeys((Stage.DISMISSED, Stage.REGULARISED, Stage.TRANSFERRED, Stage.DEFERRED, Stage.SUSPENDED), "aside")
)


def _by_stage(value: object) -> str:
    return _STAGE_CLASS[value] if isinstance(value, Stage) else ""


_BUILDING = StyleClass("", QT_TRANSLATE_NOOP("styles", "Building"), Look("#14746f", "#3014746f", width=1.3))
_STOREYS = (
    StyleClass("1", QT_TRANSLATE_NOOP("styles", "1 storey"), Look("#3a86a8", "#40a9d6e5", width=1.3)),
    StyleClass("2", QT_TRANSLATE_NOOP("styles", "2 storeys"), Look("#1f6f8b", "#5061a5c2", width=1.5)),
    StyleClass("3", QT_TRANSLATE_NOOP("styles", "3 storeys"), Look("#014f86", "#70468faf", width=1.8)),
    StyleClass("4", QT_TRANSLATE_NOOP("styles", "4 storeys or more"), Look("#012a4a", "#902a6f97", width=2.2)),
    StyleClass("", QT_TRANSLATE_NOOP("styles", "Storeys not known"), Look("#5c677d", "", width=1.3, dash=DASHED)),
)
_DISPOSALS = (
    StyleClass("keep", DisposalClass.KEEP, Look("#2b9348", "#402b9348", width=1.5)),
    StyleClass("correct", DisposalClass.CORRECT, Look("#c9a000", "#60ffd60a", width=1.6, dash=DASHED)),
    StyleClass("fine", DisposalClass.FINE, Look("#f77f00", "#50f77f00", width=1.8, dash=DASH_DOT)),
    StyleClass(
        "confiscate",
        DisposalClass.CONFISCATE,
        Look("#7b2cbf", "#407b2cbf", width=2.0, hatch=Qt.BrushStyle.BDiagPattern),
    ),
    StyleClass(
        "demolish",
        DisposalClass.DEMOLISH,
        Look("#d00000", "#50d00000", width=2.2, hatch=Qt.BrushStyle.DiagCrossPattern),
    ),
    StyleClass("defer", DisposalClass.DEFER, Look("#0077b6", "#300077b6", width=1.5, dash=DOTTED)),
    StyleClass("", QT_TRANSLATE_NOOP("styles", "Not decided"), Look("#5c677d", "", width=1.3)),
)
_PARCEL = StyleClass("", QT_TRANSLATE_NOOP("styles", "Parcel"), Look("#7f5539", "", width=1.0))
_PERMITS = (
    StyleClass("works", PermitKind.WORKS, Look("#2b9348", "#182b9348", width=1.6)),
    StyleClass("rural", PermitKind.RURAL, Look("#55a630", "#1855a630", width=1.6, dash=DASHED)),
    StyleClass("temporary", PermitKind.TEMPORARY, Look("#a68a00", "#18a68a00", width=1.6, dash=DOTTED)),
    StyleClass("", QT_TRANSLATE_NOOP("styles", "Kind not known"), Look("#5c677d", "", width=1.6, dash=DASH_DOT)),
)
_ZONES = (
    StyleClass("freeze", ZoneKind.FREEZE, Look("#c1121f", "", 2.2, DASH_DOT, Qt.BrushStyle.BDiagPattern)),
    StyleClass("farmland", ZoneKind.FARMLAND, Look("#b08900", "", 1.8, SOLID, Qt.BrushStyle.HorPattern)),
    StyleClass("river", ZoneKind.RIVER, Look("#0077b6", "", 2.0, DASHED, Qt.BrushStyle.FDiagPattern)),
    StyleClass("green", ZoneKind.GREEN, Look("#2b9348", "", 1.8, DASHED, Qt.BrushStyle.VerPattern)),
    StyleClass("heritage", ZoneKind.HERITAGE, Look("#7b2cbf", "", 2.0, DOTTED, Qt.BrushStyle.CrossPattern)),
    StyleClass("key", ZoneKind.KEY, Look("#e85d04", "", 2.2, SOLID, Qt.BrushStyle.DiagCrossPattern)),
)

_STYLES: Mapping[str, tuple[Style, ...]] = MappingProxyType(
    {
        "findings": (
            Style(
                "change_type",
                QT_TRANSLATE_NOOP("styles", "By type of change"),
                "change_type",
                _CHANGES,
                _by_value,
                6,
            ),
            Style(
                "permit_status",
                QT_TRANSLATE_NOOP("styles", "By permit"),
                "permit_status",
                _PERMITTED,
                _by_value,
                6,
            ),
            Style("review", QT_TRANSLATE_NOOP("styles", "By review"), "review", _REVIEWED, _by_value, 6),
            Style(
                "stage",
                QT_TRANSLATE_NOOP("styles", "By stage of the case"),
                "stage",
                (*_STAGES, _NO_CASE),
                _by_stage,
                6,
            ),
        ),
        "cases": (Style("stage", QT_TRANSLATE_NOOP("styles", "By stage"), "stage", _STAGES, _by_stage, 8),),
        "buildings": (
            Style("plain", QT_TRANSLATE_NOOP("styles", "All alike"), "", (_BUILDING,), _alike),
            Style("storeys", QT_TRANSLATE_NOOP("styles", "By storeys"), "storeys", _STOREYS, _by_storeys),
            Style("disposal", QT_TRANSLATE_NOOP("styles", "By disposal class"), "disposal", _DISPOSALS, _by_value),
        ),
        "permits": (Style("kind", QT_TRANSLATE_NOOP("styles", "By kind"), "kind", _PERMITS, _by_value),),
        "parcels": (Style("plain", QT_TRANSLATE_NOOP("styles", "All alike"), "", (_PARCEL,), _alike),),
        "zones": (Style("kind", QT_TRANSLATE_NOOP("styles", "By kind"), "kind", _ZONES, _by_value),),
    }
)
