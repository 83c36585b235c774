"""Files as evidence of a case: several at once, every original kept byte for byte."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from weijian.domain.change_set import Done
from weijian.domain.errors import FileMissing, FileUnreadable, InputError, TargetUnwritable
from weijian.domain.evidence import Evidence, EvidenceKind, PositionSource
from weijian.domain.language import Words
from weijian.domain.system_reasons import reason
from weijian.services.actor import current_actor
from weijian.services.cases import find_case
from weijian.services.photos import PhotoFacts, read_photo
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import Workspace, open_workspace

_SUFFIXES: Mapping[EvidenceKind, tuple[str, ...]] = MappingProxyType(
    {
        EvidenceKind.PHOTO: (".jpg", ".jpeg", ".png"),
        EvidenceKind.SCAN: (".pdf", ".tif", ".tiff", ".bmp", ".doc", ".docx", ".ofd"),
        EvidenceKind.VIDEO: (".mp4", ".mov", ".avi", ".mkv", ".wmv", ".m4v"),
        EvidenceKind.MEASUREMENT: (".csv", ".txt", ".xls", ".xlsx", ".dxf", ".dwg", ".dat"),
    }
)
KIND_OF_SUFFIX = MappingProxyType({suffix: kind for kind, many in _SUFFIXES.items() for suffix in many})
"""What a file is taken for, by the ending of its name."""

_NO_FACTS = PhotoFacts(None, None, None, None, None)


class EvidenceKindUnknown(InputError):
    """A file is of a kind that is not kept as evidence."""

    zh = "文件 {name} 的类型不能作为证据附入；可附入：{suffixes}。"
    en = "File {name} is of a kind that cannot be added as evidence; use: {suffixes}."


@dataclass(frozen=True)
class Attached:
    """What became of the files: evidence that is new in the case, and names of files that it had already."""

    added: tuple[Evidence, ...]
    already: tuple[str, ...]


def attach_files(folder: Path, case_no: str, paths: Sequence[Path]) -> Done[Attached]:
    """Keep files as evidence of a case in one action: all of them, or none when one cannot be used.

    Parameters
    ----------
    folder : Path
        The workspace.
    case_no : str
    paths : sequence of Path
        Photographs (their EXIF is read), scans, videos, measurements; the originals stay where they are.

    Raises
    ------
    NotFound, EvidenceKindUnknown, FileMissing, FileUnreadable, TargetUnwritable
    """
    described = [(path, *describe(path)) for path in paths]
    with open_workspace(folder) as workspace, workspace.transaction(current_actor(), "attach-evidence") as work:
        case = find_case(work, case_no)
        there = {each.sha256 for each in work.cases.evidence(case.case_no)}
        added: list[Evidence] = []
        already: list[str] = []
        for path, kind, facts in described:
            evidence = keep_file(workspace, work, path, kind, facts)
            if evidence.sha256 in there:
                already.append(path.name)
                continue
            there.add(evidence.sha256)
            work.cases.attach(case.case_no, evidence.sha256)
            added.append(evidence)
        return Done(Attached(tuple(added), tuple(already)), work.changes)


def describe(path: Path) -> tuple[EvidenceKind, PhotoFacts]:
    """What kind of evidence a file is, and what a photograph says of itself.

    Raises
    ------
    EvidenceKindUnknown, FileMissing, FileUnreadable
    """
    kind = KIND_OF_SUFFIX.get(path.suffix.lower())
    if kind is None:
        raise EvidenceKindUnknown(name=path.name, suffixes=" ".join(KIND_OF_SUFFIX))
    if kind is EvidenceKind.PHOTO:
        return kind, read_photo(path)
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise FileMissing(path=path) from error
    except OSError as error:
        raise FileUnreadable(path=path, why=reason(error)) from error
    if not size:
        raise FileUnreadable(path=path, why=Words("文件是空的", "it is empty"))
    return kind, _NO_FACTS


def keep_file(workspace: Workspace, work: UnitOfWork, path: Path, kind: EvidenceKind, facts: PhotoFacts) -> Evidence:
    """Keep a file in the store and enter it; evidence that is there already is left as it was entered.

    Raises
    ------
    FileMissing, FileUnreadable, TargetUnwritable
    """
    sha256 = workspace.evidence_store.put(path)
    known = work.evidence.find([sha256]).get(sha256)
    if known is not None:
        return known
    evidence = evidence_of(sha256, path, kind, facts)
    work.evidence.upsert_many([evidence])
    return evidence


def evidence_of(sha256: str, path: Path, kind: EvidenceKind, facts: PhotoFacts) -> Evidence:
    """The entry of a file: what it says of itself, as far as that can be."""
    longitude, latitude = facts.position or (None, None)
    return Evidence(
        sha256=sha256,
        kind=kind,
        suffix=path.suffix.lower(),
        size_bytes=path.stat().st_size,
        taken_at=facts.taken_at,
        longitude=longitude,
        latitude=latitude,
        heading_deg=facts.heading_deg,
        sensor=facts.sensor,
        original_name=path.name,
        relative_altitude_m=facts.relative_altitude_m,
        pitch_deg=facts.pitch_deg,
        utc_offset_min=facts.utc_offset_min,
        position_from=None if facts.position is None else PositionSource.CAMERA,
    )


def copy_out(kept: Path, folder: Path, name: str) -> Path:
    """Copy a kept file to a folder under a name, to be looked at there: what is kept is not for other programs.

    Raises
    ------
    FileMissing, TargetUnwritable
    """
    target = folder / f"{name}{kept.suffix}"
    try:
        shutil.copyfile(kept, target)
    except FileNotFoundError as error:
        raise FileMissing(path=kept) from error
    except OSError as error:
        raise TargetUnwritable(path=target, why=reason(error)) from error
    return target
