"""What an import did."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ImportBatch:
    """One import. ``action_id`` is that of its audit entry, ``taken_back_by`` that of the action that undid it."""

    action_id: int
    at: datetime
    actor: str
    kind: str
    file_name: str
    added: int
    updated: int
    unchanged: int
    rejected: int
    taken_back_by: int | None
