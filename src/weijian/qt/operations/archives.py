"""Backing up, copying, restoring and bringing forward whole archives, as long jobs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from weijian.domain.language import Language
from weijian.qt.desk import Desk
from weijian.qt.jobs import Jobs
from weijian.qt.messages import Messages
from weijian.qt.user_settings import UserSettings
from weijian.services.archives import back_up_archive, copy_archive, keep_login, migrate_archive, restore_archive
from weijian.services.workspaces import ArchiveNotWhole, require_whole, verify_workspace

if TYPE_CHECKING:
    from weijian.qt.dialogs.archive_dialog import Answer, Errand
    from weijian.services.archives import Backup, CopyReport
    from weijian.services.workspaces import Problem


def ask_to_back_up(desk: Desk, parent: QWidget, started: Callable[[], None]) -> None:
    """Ask where, and back the archive up; ``started`` is told when the job begins."""
    from weijian.qt.dialogs.archive_dialog import Errand

    translate = QCoreApplication.translate
    now = datetime.now().astimezone()
    errand = Errand(
        title=translate("archives", "Back up the archive"),
        introduction=translate(
            "archives",
            "The database and the evidence are copied into a new folder with a list of their hashes, and the copy is "
            "read back. Best on another disk or on the bureau's share. Image files of flights are not copied.",
        ),
        verb=translate("archives", "&Back up"),
        kept_as="backups/parent",
        name=translate("archives", "{name} backup {time}").format(name=desk.name, time=f"{now:%Y%m%d-%H%M}"),
        first_parent=desk.folder / "backups",
    )

    def start(answer: Answer) -> None:
        title = translate("archives", "Back up {name}").format(name=desk.name)
        call = partial(back_up_archive, desk.folder, answer.place)
        desk.jobs.start(desk.jobs, title, call, partial(_backed_up, desk.messages))
        started()

    _ask(errand, desk.jobs, desk.messages, desk.settings, desk.language, parent, start)


def verify_archive(desk: Desk, started: Callable[[], None]) -> None:
    """Verify the archive and say what was found; ``started`` is told when the job begins."""
    title = QCoreApplication.translate("archives", "Verify {name}").format(name=desk.name)
    call = partial(verify_workspace, desk.folder)
    desk.jobs.start(desk.jobs, title, call, partial(_verified, desk.messages, desk.language))
    started()


def ask_to_copy(desk: Desk, parent: QWidget, started: Callable[[], None]) -> None:
    """Ask where, and copy the archive, into a folder of its own or onto a server."""
    from weijian.qt.dialogs.archive_dialog import Errand

    translate = QCoreApplication.translate
    errand = Errand(
        title=translate("archives", "Copy to another archive"),
        introduction=translate(
            "archives",
            "A second archive is made of everything in this one: tables, history and evidence. Both are compared row "
            "by row. This one stays as it is; what is changed later in one is not changed in the other.",
        ),
        verb=translate("archives", "&Copy"),
        kept_as="new-workspace/parent",
        name=translate("archives", "{name} copy").format(name=desk.name),
        first_parent=desk.folder.parent,
        may_be_shared=True,
    )

    def start(answer: Answer) -> None:
        title = translate("archives", "Copy {name}").format(name=desk.name)
        call = partial(copy_archive, desk.folder, answer.place, answer.login)
        if answer.login is not None:
            desk.jobs.ask(desk.jobs, partial(keep_login, answer.login), lambda _: None)
        desk.jobs.start(desk.jobs, title, call, partial(_copied, desk.messages, answer.place))
        started()

    _ask(errand, desk.jobs, desk.messages, desk.settings, desk.language, parent, start)


def ask_to_restore(
    jobs: Jobs,
    messages: Messages,
    settings: UserSettings,
    language: Language,
    parent: QWidget,
    started: Callable[[], None],
    then: Callable[[Path], None],
) -> None:
    """Ask of which backup, and make a workspace of it; ``then`` is told its folder."""
    from weijian.qt.dialogs.archive_dialog import Errand

    translate = QCoreApplication.translate
    errand = Errand(
        title=translate("archives", "Restore a backup"),
        introduction=translate(
            "archives",
            "A new workspace is made of a backup; the workspace that was backed up is not touched. Every file is "
            "compared with the backup's list, and nothing is restored when one differs.",
        ),
        verb=translate("archives", "&Restore"),
        kept_as="new-workspace/parent",
        from_backup=True,
    )

    def start(answer: Answer) -> None:
        assert answer.backup is not None  # noqa: S101 - this errand asks for it
        title = translate("archives", "Restore {name}").format(name=answer.backup.name)
        call = partial(restore_archive, answer.backup, answer.place)
        jobs.start(jobs, title, call, lambda _: then(answer.place))
        started()

    _ask(errand, jobs, messages, settings, language, parent, start)


def ask_to_migrate(
    jobs: Jobs,
    messages: Messages,
    parent: QWidget,
    folder: Path,
    why: str,
    started: Callable[[], None],
    then: Callable[[], None],
) -> None:
    """Say why an archive of an older program cannot be opened, and bring it forward after a backup when told to."""
    translate = QCoreApplication.translate
    question = translate("archives", "Back it up and bring it forward now?")
    if messages.ask(f"{why}\n\n{question}", yes=translate("archives", "Back up and bring forward"), parent=parent):
        title = translate("archives", "Bring {name} forward").format(name=folder.name)
        jobs.start(jobs, title, partial(migrate_archive, folder), lambda _: then())
        started()


def _ask(
    errand: Errand,
    jobs: Jobs,
    messages: Messages,
    settings: UserSettings,
    language: Language,
    parent: QWidget,
    start: Callable[[Answer], None],
) -> None:
    """Ask what an errand needs; ``start`` is told the answer."""
    from weijian.qt.dialogs.archive_dialog import ArchiveDialog

    dialog = ArchiveDialog(errand, jobs, messages, settings, language, parent)
    dialog.answered.connect(start)
    dialog.open()


def _verified(messages: Messages, language: Language, problems: Sequence[Problem]) -> None:
    try:
        require_whole(problems, language)
    except ArchiveNotWhole as error:
        messages.problem(error)
        return
    messages.notice(
        QCoreApplication.translate(
            "archives", "The archive is whole: database, audit, history, search, outlines and evidence were verified."
        )
    )


def _backed_up(messages: Messages, backup: Backup) -> None:
    text = QCoreApplication.translate("archives", "{count} files backed up: {path}")
    messages.notice(text.format(count=backup.files, path=backup.folder) + _lacking(backup.copy))


def _copied(messages: Messages, place: Path, report: CopyReport) -> None:
    text = QCoreApplication.translate(
        "archives", "{rows} rows and {count} files of evidence copied and compared: {path}"
    )
    rows = sum(table.rows for table in report.tables.values())
    messages.notice(text.format(rows=rows, count=report.evidence, path=place) + _lacking(report))


def _lacking(report: CopyReport) -> str:
    """What the archive itself no longer has, so that nobody believes it to be safe."""
    if not report.lacking:
        return ""
    text = QCoreApplication.translate(
        "archives", " ⚠ {count} files of evidence are missing or damaged in this archive and are not in the copy."
    )
    return text.format(count=len(report.lacking))
