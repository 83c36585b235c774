"""Words of the field as the window shows them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from weijian.domain.disposal import DisposalClass
from weijian.domain.evidence import PositionSource
from weijian.domain.finding import ChangeType, Method, PermitStatus, ReviewStatus
from weijian.domain.measured import with_sigma
from weijian.domain.permit import PermitKind
from weijian.domain.progress import ObservationSource
from weijian.domain.stage import Stage
from weijian.domain.zone import ZoneKind

Named = (
    ChangeType
    | PermitStatus
    | ReviewStatus
    | Stage
    | ZoneKind
    | PermitKind
    | Method
    | ObservationSource
    | DisposalClass
    | PositionSource
)

_NAMES: Mapping[type[Named], Mapping[Named, object]] = MappingProxyType(
    {
        ChangeType: {
            ChangeType.NEW: QT_TRANSLATE_NOOP("wording", "New"),
            ChangeType.EXTENDED: QT_TRANSLATE_NOOP("wording", "Extended"),
            ChangeType.RAISED: QT_TRANSLATE_NOOP("wording", "Raised"),
            ChangeType.DEMOLISHED: QT_TRANSLATE_NOOP("wording", "Demolished"),
            ChangeType.REBUILT: QT_TRANSLATE_NOOP("wording", "Rebuilt"),
        },
        PermitStatus: {
            PermitStatus.PERMITTED: QT_TRANSLATE_NOOP("wording", "Permitted"),
            PermitStatus.EXCEEDS_PERMIT: QT_TRANSLATE_NOOP("wording", "Exceeds permit"),
            PermitStatus.UNPERMITTED: QT_TRANSLATE_NOOP("wording", "Unpermitted"),
            PermitStatus.EXPIRED: QT_TRANSLATE_NOOP("wording", "Permit expired"),
            PermitStatus.UNKNOWN: QT_TRANSLATE_NOOP("wording", "To be checked"),
        },
        PositionSource: {
            PositionSource.CAMERA: QT_TRANSLATE_NOOP("wording", "Camera"),
            PositionSource.HAND: QT_TRANSLATE_NOOP("wording", "By hand"),
        },
        ReviewStatus: {
            ReviewStatus.OPEN: QT_TRANSLATE_NOOP("wording", "To review"),
            ReviewStatus.CONFIRMED: QT_TRANSLATE_NOOP("wording", "Confirmed"),
            ReviewStatus.DISMISSED: QT_TRANSLATE_NOOP("wording", "Dismissed"),
        },
        Stage: {
            Stage.LEAD: QT_TRANSLATE_NOOP("wording", "Lead"),
            Stage.VERIFICATION: QT_TRANSLATE_NOOP("wording", "Verification"),
            Stage.FILED: QT_TRANSLATE_NOOP("wording", "Filed"),
            Stage.INVESTIGATION: QT_TRANSLATE_NOOP("wording", "Investigation"),
            Stage.STOP_NOTICE: QT_TRANSLATE_NOOP("wording", "Stop notice"),
            Stage.PRIOR_NOTICE: QT_TRANSLATE_NOOP("wording", "Prior notice"),
            Stage.LEGAL_REVIEW: QT_TRANSLATE_NOOP("wording", "Legal review"),
            Stage.DECISION: QT_TRANSLATE_NOOP("wording", "Decision"),
            Stage.SERVED: QT_TRANSLATE_NOOP("wording", "Served"),
            Stage.REMINDER: QT_TRANSLATE_NOOP("wording", "Reminder"),
            Stage.ANNOUNCEMENT: QT_TRANSLATE_NOOP("wording", "Announcement"),
            Stage.ENFORCEMENT_DECISION: QT_TRANSLATE_NOOP("wording", "Enforcement decision"),
            Stage.DEMOLITION: QT_TRANSLATE_NOOP("wording", "Demolition"),
            Stage.ACCEPTANCE: QT_TRANSLATE_NOOP("wording", "Acceptance"),
            Stage.SITE_REUSE: QT_TRANSLATE_NOOP("wording", "Site reuse"),
            Stage.CLOSED: QT_TRANSLATE_NOOP("wording", "Closed"),
            Stage.DISMISSED: QT_TRANSLATE_NOOP("wording", "Not filed / withdrawn"),
            Stage.REGULARISED: QT_TRANSLATE_NOOP("wording", "Regularised"),
            Stage.TRANSFERRED: QT_TRANSLATE_NOOP("wording", "Transferred"),
            Stage.DEFERRED: QT_TRANSLATE_NOOP("wording", "Deferred (historical)"),
            Stage.SUSPENDED: QT_TRANSLATE_NOOP("wording", "Suspended"),
        },
        ZoneKind: {
            ZoneKind.FREEZE: QT_TRANSLATE_NOOP("wording", "Freeze zone"),
            ZoneKind.FARMLAND: QT_TRANSLATE_NOOP("wording", "Permanent basic farmland"),
            ZoneKind.RIVER: QT_TRANSLATE_NOOP("wording", "River blue line"),
            ZoneKind.GREEN: QT_TRANSLATE_NOOP("wording", "Green line"),
            ZoneKind.HERITAGE: QT_TRANSLATE_NOOP("wording", "Heritage purple line"),
            ZoneKind.KEY: QT_TRANSLATE_NOOP("wording", "Key area"),
        },
        PermitKind: {
            PermitKind.WORKS: QT_TRANSLATE_NOOP("wording", "Works permit"),
            PermitKind.RURAL: QT_TRANSLATE_NOOP("wording", "Rural works permit"),
            PermitKind.TEMPORARY: QT_TRANSLATE_NOOP("wording", "Temporary works permit"),
        },
        Method: {
            Method.HEIGHT: QT_TRANSLATE_NOOP("wording", "Heights"),
            Method.SPECTRAL: QT_TRANSLATE_NOOP("wording", "Images"),
            Method.MODEL: QT_TRANSLATE_NOOP("wording", "Model"),
        },
        DisposalClass: {
            DisposalClass.KEEP: QT_TRANSLATE_NOOP("wording", "Keep, permit afterwards"),
            DisposalClass.CORRECT: QT_TRANSLATE_NOOP("wording", "Correct in time"),
            DisposalClass.FINE: QT_TRANSLATE_NOOP("wording", "Fine"),
            DisposalClass.CONFISCATE: QT_TRANSLATE_NOOP("wording", "Confiscate"),
            DisposalClass.DEMOLISH: QT_TRANSLATE_NOOP("wording", "Demolish"),
            DisposalClass.DEFER: QT_TRANSLATE_NOOP("wording", "Defer (legacy)"),
        },
        ObservationSource: {
            ObservationSource.SITE: QT_TRANSLATE_NOOP("wording", "On site"),
            ObservationSource.REFLIGHT: QT_TRANSLATE_NOOP("wording", "Re-flight"),
        },
    }
)
"""By type first: values of different types may be equal texts."""

_JOB_STAGES: Mapping[str, object] = MappingProxyType(
    {
        "overviews": QT_TRANSLATE_NOOP("wording", "Building overviews"),
        "open": QT_TRANSLATE_NOOP("wording", "Opening the data"),
        "align": QT_TRANSLATE_NOOP("wording", "Aligning the images"),
        "level": QT_TRANSLATE_NOOP("wording", "Levelling the heights"),
        "terrain": QT_TRANSLATE_NOOP("wording", "Modelling the terrain"),
        "archive-fit": QT_TRANSLATE_NOOP("wording", "Fitting the archive"),
        "calibrate": QT_TRANSLATE_NOOP("wording", "Calibrating the images"),
        "evidence": QT_TRANSLATE_NOOP("wording", "Looking for changes"),
        "cluster": QT_TRANSLATE_NOOP("wording", "Joining the cluster"),
        "resumed": QT_TRANSLATE_NOOP("wording", "Looking for changes, from where the last run stopped"),
        "merge": QT_TRANSLATE_NOOP("wording", "Joining pieces"),
        "outlines": QT_TRANSLATE_NOOP("wording", "Drawing outlines"),
        "match": QT_TRANSLATE_NOOP("wording", "Comparing with the archive"),
        "read": QT_TRANSLATE_NOOP("wording", "Reading"),
        "store": QT_TRANSLATE_NOOP("wording", "Storing"),
        "write": QT_TRANSLATE_NOOP("wording", "Writing the files"),
        "detect": QT_TRANSLATE_NOOP("wording", "Detecting"),
        "workspace": QT_TRANSLATE_NOOP("wording", "Making the workspace"),
        "archive": QT_TRANSLATE_NOOP("wording", "Importing the archive"),
        "surveys": QT_TRANSLATE_NOOP("wording", "Adding the surveys"),
        "cases": QT_TRANSLATE_NOOP("wording", "Opening cases"),
        "papers": QT_TRANSLATE_NOOP("wording", "Writing maps and orders"),
        "web": QT_TRANSLATE_NOOP("wording", "Writing the web map"),
        "report": QT_TRANSLATE_NOOP("wording", "Writing the report"),
        "copy": QT_TRANSLATE_NOOP("wording", "Copying the tables"),
        "copy-evidence": QT_TRANSLATE_NOOP("wording", "Copying the evidence"),
        "verify": QT_TRANSLATE_NOOP("wording", "Comparing the copy"),
        "verify-database": QT_TRANSLATE_NOOP("wording", "Verifying the database"),
        "verify-history": QT_TRANSLATE_NOOP("wording", "Verifying the history"),
        "verify-search": QT_TRANSLATE_NOOP("wording", "Verifying what households are found by"),
        "verify-index": QT_TRANSLATE_NOOP("wording", "Verifying the search index"),
        "verify-outlines": QT_TRANSLATE_NOOP("wording", "Verifying the outlines"),
        "verify-evidence": QT_TRANSLATE_NOOP("wording", "Verifying the evidence"),
        "restore": QT_TRANSLATE_NOOP("wording", "Restoring files"),
        "check": QT_TRANSLATE_NOOP("wording", "Checking"),
        "compare": QT_TRANSLATE_NOOP("wording", "Comparing with the archive"),
        "find": QT_TRANSLATE_NOOP("wording", "Looking for files"),
        "photos": QT_TRANSLATE_NOOP("wording", "Reading and copying photographs"),
        "table": QT_TRANSLATE_NOOP("wording", "Writing the table"),
    }
)


def name_of(value: Named) -> str:
    """The word for a value of the domain, in the window's language."""
    return QCoreApplication.translate("wording", str(_NAMES[type(value)][value]))


def job_stage(stage: str) -> str:
    """The words for a stage of a job; the stage itself where there are none."""
    known = _JOB_STAGES.get(stage)
    return stage if known is None else QCoreApplication.translate("wording", str(known))


def measured(value: float | None, sigma: float | None, unit: str) -> str:
    """A measured quantity with its uncertainty and unit; a dash when it is not known."""
    return "—" if value is None else f"{with_sigma(value, sigma)} {unit}"
