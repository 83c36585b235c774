"""Whether a workspace is whole: the database, the audit chain, the evidence."""

from dataclasses import dataclass

from weijian.domain.language import Words
from weijian.storage import audit
from weijian.storage.engine import faults, in_sentences
from weijian.storage.workspace import Workspace


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: ``subject`` names it (``audit 12``, ``evidence ab12...``), ``what`` says it."""

    subject: str
    what: Words


def verify(workspace: Workspace) -> list[Problem]:
    """Everything wrong with a workspace; an empty list when it is whole."""
    with in_sentences(workspace.database):
        return _database(workspace) + _audit(workspace) + _evidence(workspace)


def _database(workspace: Workspace) -> list[Problem]:
    return [
        Problem("database", Words(f"数据库不完整:{fault}", f"the database is not whole: {fault}"))
        for fault in faults(workspace.reader)
    ]


def _audit(workspace: Workspace) -> list[Problem]:
    what = Words("审计记录被改动,或与上一条不衔接", "an audit entry was altered or does not follow the one before")
    with workspace.reader.connect() as connection:
        return [Problem(f"audit {entry}", what) for entry in audit.broken_links(connection)]


def _evidence(workspace: Workspace) -> list[Problem]:
    what = Words("证据文件缺失或与登记的哈希不符", "an evidence file is missing or does not match its hash")
    store = workspace.evidence_store
    with workspace.read() as work:
        kept = work.evidence.all()
    return [Problem(f"evidence {each.sha256}", what) for each in kept if not store.is_intact(each.sha256)]
