"""Findings out of the workspace."""

from pathlib import Path

from weijian.cadastre.writer import write_findings
from weijian.storage.workspace import open_workspace


def export_findings(folder: Path, path: Path) -> Path:
    """Write all findings of a workspace as FINDINGS.gpkg or GeoJSON, by the ending of ``path``."""
    with open_workspace(folder) as workspace:
        with workspace.read() as work:
            findings = work.findings.all()
        write_findings(findings, workspace.crs, path)
    return path
