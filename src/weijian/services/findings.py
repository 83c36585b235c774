"""Findings out of the workspace, as the file that other programs rely on."""

from datetime import datetime
from pathlib import Path

from weijian.domain.errors import EndingUnknown
from weijian.domain.job import Job
from weijian.domain.layer_kind import LayerKind
from weijian.services.layer_export import CONTRACTS, LayerExport, export_layer


def export_findings(folder: Path, path: Path) -> Job[Path]:
    """Write all findings of a workspace as FINDINGS.gpkg or GeoJSON, by the ending of ``path``.

    Raises
    ------
    EndingUnknown, TargetIsInput, TargetUnwritable
    """
    if path.suffix.lower() not in CONTRACTS:
        raise EndingUnknown(path=path, formats=", ".join(CONTRACTS))
    today = datetime.now().astimezone().date()
    return (yield from export_layer(LayerExport(folder, LayerKind.FINDINGS, path), on=today)).path
