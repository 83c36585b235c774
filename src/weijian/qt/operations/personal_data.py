"""Protecting and unlocking the numbers of persons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from weijian.qt.desk import Desk
from weijian.qt.dialogs.record_dialog import Entry, EntryKind, RecordDialog
from weijian.qt.dialogs.recovery_key_dialog import RecoveryKeyDialog
from weijian.services.personal_data import protect, unlock


def protect_numbers(desk: Desk, parent: QWidget) -> None:
    """Make the key to numbers of persons and show the recovery key, once."""

    def show(key: str) -> None:
        RecoveryKeyDialog(key, parent.window()).open()

    desk.jobs.keep(desk.jobs, partial(protect, desk.folder), show)


def ask_to_unlock(desk: Desk, parent: QWidget) -> None:
    """Ask for the passphrase or the recovery key."""
    translate = QCoreApplication.translate
    entry = Entry("secret", translate("personal-data", "&Passphrase or recovery key"), kind=EntryKind.SECRET)
    title = translate("personal-data", "Unlock the numbers of persons")
    dialog = RecordDialog(desk, title, [entry], parent=parent.window())

    def give(values: dict[str, str | None]) -> None:
        desk.jobs.keep(
            dialog, partial(unlock, desk.folder, values["secret"] or ""), lambda _: dialog.accept(), dialog.refuse
        )

    dialog.entered.connect(give)
    dialog.open()
