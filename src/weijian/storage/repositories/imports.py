"""What was imported, action by action, so that a whole import can be taken back."""

from sqlalchemy import ColumnElement, select

from weijian.domain.errors import NotFound
from weijian.domain.import_batch import ImportBatch
from weijian.domain.language import Words
from weijian.storage import audit
from weijian.storage.repositories.register import UpsertCount
from weijian.storage.rows import Scope
from weijian.storage.tables import audit_entries, import_batches


class Imports:
    """The imports of a workspace."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def note(self, kind: str, file_name: str, count: UpsertCount, rejected: int) -> int | None:
        """Remember an import in the transaction that does it; answers its number, None when it changed nothing."""
        if not (count.added or count.updated):
            return None
        action_id = self._this_action
        row = {"action_id": action_id, "kind": kind, "file_name": file_name, "rejected": rejected}
        counted = {"added": count.added, "updated": count.updated, "unchanged": count.unchanged}
        self._scope.connection.execute(import_batches.insert(), [row | counted])
        return action_id

    def all(self) -> list[ImportBatch]:
        """Every import, the latest first."""
        return self._select()

    def get(self, action_id: int) -> ImportBatch:
        """One import.

        Raises
        ------
        NotFound
        """
        for batch in self._select(import_batches.c.action_id == action_id):
            return batch
        raise NotFound(kind=Words("导入记录", "import"), number=action_id)

    def note_taken_back(self, action_id: int) -> None:
        """Remember that the action at hand undoes an import."""
        c = import_batches.c
        statement = import_batches.update().where(c.action_id == action_id).values(taken_back_by=self._this_action)
        self._scope.connection.execute(statement)

    @property
    def _this_action(self) -> int:
        return audit.next_number(self._scope.connection)

    def _select(self, *conditions: ColumnElement[bool]) -> list[ImportBatch]:
        c = import_batches.c
        statement = (
            select(audit_entries.c.at, audit_entries.c.actor, import_batches)
            .join(audit_entries, audit_entries.c.id == c.action_id)
            .where(*conditions)
            .order_by(c.action_id.desc())
        )
        rows = self._scope.connection.execute(statement).mappings()
        return [ImportBatch(**{name: row[name] for name in ImportBatch.__dataclass_fields__}) for row in rows]
