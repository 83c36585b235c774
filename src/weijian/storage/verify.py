"""Whether a workspace is whole: the database, the audit chain, the history under it, the indexes, the evidence."""

from dataclasses import dataclass

from sqlalchemy import select

from weijian.domain.language import Words
from weijian.storage import audit, household_search, journal_seal
from weijian.storage.geometry import Blob, blob_of, decode
from weijian.storage.tables import metadata
from weijian.storage.workspace import Workspace

_ROWS_AT_ONCE = 2000
_MEND = Words(
    "；请运行 weijian verify --rebuild-indexes 重建索引，不改动档案",
    "; weijian verify --rebuild-indexes makes them anew and leaves the archive alone",
)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: ``subject`` names it (``audit 12``, ``evidence ab12...``), ``what`` says it."""

    subject: str
    what: Words


def verify(workspace: Workspace) -> list[Problem]:
    """Everything wrong with a workspace; an empty list when it is whole."""
    with workspace.store.in_sentences():
        checks = (_database, _audit, _history, _search, _footprints, _evidence)
        return [problem for check in checks for problem in check(workspace)]


def _database(workspace: Workspace) -> list[Problem]:
    return [
        Problem("database", Words(f"数据库不完整：{fault}", f"the database is not whole: {fault}"))
        for fault in workspace.store.faults()
    ]


def _audit(workspace: Workspace) -> list[Problem]:
    what = Words("审计记录被改动，或与上一条不衔接", "an audit entry was altered or does not follow the one before")
    with workspace.reader.connect() as connection:
        return [Problem(f"audit {entry}", what) for entry in audit.broken_links(connection)]


def _history(workspace: Workspace) -> list[Problem]:
    what = Words(
        "档案的变更历史在审计之后被改动、增加或删除；请查明原因，并从备份恢复（weijian restore）",
        "lines of the archive's history were altered, added or removed since the audit sealed them; "
        "find out why, and restore a backup (weijian restore)",
    )
    with workspace.reader.connect() as connection:
        return [Problem(f"history {actions}", what) for actions in journal_seal.broken(connection)]


def _search(workspace: Workspace) -> list[Problem]:
    with workspace.reader.connect() as connection:
        found = household_search.faults(connection)
        indexes = workspace.store.missing_indexes(connection)
    wrong = []
    if found:
        wrong.append(
            Words(
                f"户的检索内容与档案不符（缺 {found.missing} 户，过时 {found.stale} 户，"
                f"已删除仍可检索 {found.gone} 户，索引不符 {found.unindexed} 户）",
                f"what households are found by is not what they are ({found.missing} missing, {found.stale} outdated, "
                f"{found.gone} gone, {found.unindexed} indexed wrongly)",
            )
        )
    if indexes:
        listed = ", ".join(indexes)
        wrong.append(Words(f"数据库缺少索引 {listed}", f"the database lacks the indexes {listed}"))
    return [Problem("search", Words(f"{what.zh}{_MEND.zh}", f"{what.en}{_MEND.en}")) for what in wrong]


def _footprints(workspace: Workspace) -> list[Problem]:
    """Another program may have moved an outline without its bounding box, by which we search."""
    what = Words("图形与其外接矩形不符或已损坏", "an outline is damaged or does not match its bounding box")
    problems: list[Problem] = []
    with workspace.reader.connect() as connection:
        for table in (table for table in metadata.sorted_tables if "geometry" in table.c):
            c = table.c
            wanted = select(c.id, blob_of(c.geometry), c.min_x, c.min_y, c.max_x, c.max_y).order_by(c.id)
            rows = connection.execute(wanted.execution_options(yield_per=_ROWS_AT_ONCE))
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
