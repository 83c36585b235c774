"""Taking back a whole import, also after the program was closed."""

from dataclasses import dataclass
from pathlib import Path

from weijian.domain.change_set import Done
from weijian.domain.errors import InputError
from weijian.domain.import_batch import ImportBatch
from weijian.domain.job import Job, Progress
from weijian.services.actor import current_actor
from weijian.storage.workspace import open_workspace


class AlreadyTakenBack(InputError):
    """An import was undone before."""

    zh = "导入 {number} 已经撤销过了。"
    en = "Import {number} has been taken back already."


class NoImports(InputError):
    """There is nothing to undo."""

    zh = "工作区 {path} 中没有可以撤销的导入。"
    en = "Workspace {path} has no import that could be taken back."


@dataclass(frozen=True)
class TakenBack:
    """What became of an import's rows: ``restored`` are as they were before, ``left`` were changed since and stay."""

    batch: ImportBatch
    restored: int
    left: tuple[str, ...]


def list_imports(folder: Path) -> tuple[ImportBatch, ...]:
    """The imports of a workspace, the latest first."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        return tuple(work.imports.all())


def undo_import(folder: Path, action_id: int | None = None) -> Job[Done[TakenBack]]:
    """Take back an import: rows it added are removed, rows it changed are as before; what was changed since stays.

    Parameters
    ----------
    folder : Path
        The workspace.
    action_id : int, optional
        Number of the import; by default the latest that was not taken back.

    Raises
    ------
    NotFound, NoImports, AlreadyTakenBack
    """
    yield Progress("store", 0, 1)
    with open_workspace(folder) as workspace:
        with workspace.read() as work:
            batch = _chosen(folder, work.imports.all()) if action_id is None else work.imports.get(action_id)
        if batch.taken_back_by is not None:
            raise AlreadyTakenBack(number=batch.action_id)
        with workspace.transaction(current_actor(), f"undo-import-{batch.kind}") as work:
            restored, left = work.history.undo_untouched(batch.action_id)
            work.imports.note_taken_back(batch.action_id)
            return Done(TakenBack(batch, restored, tuple(left)), work.changes)


def _chosen(folder: Path, batches: list[ImportBatch]) -> ImportBatch:
    for batch in batches:
        if batch.taken_back_by is None:
            return batch
    raise NoImports(path=folder)
