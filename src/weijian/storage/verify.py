"""Whether a workspace is whole: the database, the audit chain, the history under it, the indexes, the evidence."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select

from weijian.domain.job import Job, Progress
from weijian.domain.language import Words
from weijian.domain.parallel import Threads, aside
from weijian.storage import audit, chain_seen, household_search, journal_seal
from weijian.storage.geometry import Blob, blob_of, decode
from weijian.storage.tables import metadata
from weijian.storage.workspace import Workspace

_ROWS_AT_ONCE = 2000
_MEND = Words(
    "；请运行 weijian verify --rebuild-indexes 重建索引，不改动档案",
    "; weijian verify --rebuild-indexes makes them anew and leaves the archive alone",
)

_CUT = Words(
    "本工作区见过这条审计记录，现在链上没有了：链尾被截去，或换回了旧数据库；请查明原因，从备份恢复（weijian restore）",
    "this folder has seen an audit entry that the chain no longer has: its end was cut off, or an older database was "
    "put in its place; find out why, and restore a backup (weijian restore)",
)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: ``subject`` names it (``audit 12``, ``evidence ab12...``), ``what`` says it."""

    subject: str
    what: Words


Found = Job[list[Problem]]


def verify(workspace: Workspace) -> Found:
    """Everything wrong with a workspace; an empty list when it is whole. The archive is not written."""
    checks: tuple[Callable[[Workspace], Found], ...] = (_database, _audit, _history, _search, _footprints, _evidence)
    problems: list[Problem] = []
    with workspace.store.in_sentences():
        for check in checks:
            problems += yield from check(workspace)
    return problems


def _database(workspace: Workspace) -> Found:
    with Threads(1) as hand:
        faults = yield from aside("verify-database", workspace.store.faults, hand)
    return [
        Problem("database", Words(f"数据库不完整：{fault}", f"the database is not whole: {fault}")) for fault in faults
    ]


def _audit(workspace: Workspace) -> Found:
    what = Words("审计记录被改动，或与上一条不衔接", "an audit entry was altered or does not follow the one before")
    yield Progress("verify-history", 0, 1)
    seen = chain_seen.seen(workspace.folder)
    with workspace.reader.connect() as connection:
        problems = [Problem(f"audit {entry}", what) for entry in audit.broken_links(connection)]
        if seen is not None and not chain_seen.is_held(connection, workspace.folder):
            problems.append(Problem(f"audit {seen.number}", _CUT))
        end = audit.last(connection)
    if not problems and end is not None:
        chain_seen.note(workspace.folder, end)
    return problems


def _history(workspace: Workspace) -> Found:
    what = Words(
        "档案的变更历史在审计之后被改动、增加或删除；请查明原因，并从备份恢复（weijian restore）",
        "lines of the archive's history were altered, added or removed since the audit sealed them; "
        "find out why, and restore a backup (weijian restore)",
    )
    with workspace.reader.connect() as connection:
        broken = yield from journal_seal.broken(connection)
    return [Problem(f"history {actions}", what) for actions in broken]


def _search(workspace: Workspace) -> Found:
    with workspace.reader.connect() as connection:
        found = yield from household_search.faults(connection)
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


def _footprints(workspace: Workspace) -> Found:
    """Another program may have moved an outline without its bounding box, by which we search."""
    what = Words("图形与其外接矩形不符或已损坏", "an outline is damaged or does not match its bounding box")
    problems: list[Problem] = []
    outlined = [table for table in metadata.sorted_tables if "geometry" in table.c]
    with workspace.reader.connect() as connection:
        total = sum(connection.scalar(select(func.count()).select_from(table)) or 0 for table in outlined)
        done = 0
        for table in outlined:
            c = table.c
            wanted = select(c.id, blob_of(c.geometry), c.min_x, c.min_y, c.max_x, c.max_y).order_by(c.id)
            with connection.execute(wanted.execution_options(yield_per=_ROWS_AT_ONCE)) as rows:
                for some in rows.partitions():
                    yield Progress("verify-outlines", done, total)
                    wrong = (row[0] for row in some if not _matches(row[1], tuple(row[2:])))
                    problems.extend(Problem(f"{table.name} {number}", what) for number in wrong)
                    done += len(some)
    return problems


def _matches(blob: Blob, box: tuple[float, ...]) -> bool:
    try:
        return decode(blob).bounds == box
    except ValueError:
        return False


def _evidence(workspace: Workspace) -> Found:
    what = Words("证据文件缺失或与登记的哈希不符", "an evidence file is missing or does not match its hash")
    store, problems = workspace.evidence_store, []
    with workspace.read() as work:
        kept = work.evidence.all()
    for done, each in enumerate(kept):
        yield Progress("verify-evidence", done, len(kept))
        if not store.is_intact(each.sha256):
            problems.append(Problem(f"evidence {each.sha256}", what))
    return problems
