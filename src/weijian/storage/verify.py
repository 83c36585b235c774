"""Whether a workspace is whole: the database, the audit chain, the evidence."""

from dataclasses import dataclass

from sqlalchemy import select

from weijian.domain.language import Words
from weijian.storage import audit
from weijian.storage.geometry import Blob, blob_of, decode
from weijian.storage.tables import metadata
from weijian.storage.workspace import Workspace


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: ``subject`` names it (``audit 12``, ``evidence ab12...``), ``what`` says it."""

    subject: str
    what: Words


def verify(workspace: Workspace) -> list[Problem]:
    """Everything wrong with a workspace; an empty list when it is whole."""
    with workspace.store.in_sentences():
        return _database(workspace) + _audit(workspace) + _footprints(workspace) + _evidence(workspace)


def _database(workspace: Workspace) -> list[Problem]:
    return [
        Problem("database", Words(f"数据库不完整：{fault}", f"the database is not whole: {fault}"))
        for fault in workspace.store.faults()
    ]


def _audit(workspace: Workspace) -> list[Problem]:
    what = Words("审计记录被改动，或与上一条不衔接", "an audit entry was altered or does not follow the one before")
    with workspace.reader.connect() as connection:
        return [Problem(f"audit {entry}", what) for entry in audit.broken_links(connection)]


def _footprints(workspace: Workspace) -> list[Problem]:
    """Another program may have moved an outline without its bounding box, by which we search."""
    what = Words("图形与其外接矩形不符或已损坏", "an outline is damaged or does not match its bounding box")
    problems: list[Problem] = []
    with workspace.reader.connect() as connection:
        for table in (table for table in metadata.sorted_tables if "geometry" in table.c):
            c = table.c
            rows = connection.execute(select(c.id, blob_of(c.geometry), c.min_x, c.min_y, c.max_x, c.max_y))
            wrong = (row[0] for row in rows if not _matches(row[1], tuple(row[2:])))
            problems.extend(Problem(f"{table.name} {number}", what) for number in wrong)
    return problems


def _matches(blob: Blob, box: tuple[float, ...]) -> bool:
    try:
        return decode(blob).bounds == box
    except ValueError:
        return False


def _evidence(workspace: Workspace) -> list[Problem]:
    what = Words("证据文件缺失或与登记的哈希不符", "an evidence file is missing or does not match its hash")
    store = workspace.evidence_store
    with workspace.read() as work:
        kept = work.evidence.all()
    return [Problem(f"evidence {each.sha256}", what) for each in kept if not store.is_intact(each.sha256)]
