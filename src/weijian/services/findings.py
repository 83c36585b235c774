"""Findings out of the workspace."""

from pathlib import Path

from weijian.cadastre.writer import write_findings, write_findings_geojson
from weijian.domain.errors import EndingUnknown
from weijian.services.safeguards import require_apart
from weijian.storage.workspace import open_workspace


def export_findings(folder: Path, path: Path) -> Path:
    """Write all findings of a workspace as FINDINGS.gpkg or GeoJSON, by the ending of ``path``.

    Raises
    ------
    EndingUnknown, TargetIsInput, TargetUnwritable
    """
    writers = {".gpkg": write_findings, ".geojson": write_findings_geojson}
    if path.suffix.lower() not in writers:
        raise EndingUnknown(path=path, formats=", ".join(writers))
    with open_workspace(folder) as workspace:
        require_apart(path, (workspace.database,))
        with workspace.read() as work:
            findings = work.findings.all()
        return writers[path.suffix.lower()](findings, workspace.crs, path)
