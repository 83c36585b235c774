"""The window: the start page, or one open workspace with its docks."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStackedWidget, QToolBar, QWidget

from weijian.bootstrap import Program
from weijian.domain.change_set import ChangeSet, Part
from weijian.domain.language import Language
from weijian.qt import thumbnails
from weijian.qt.commands import OF_A_WORKSPACE, make_commands
from weijian.qt.desk import Desk
from weijian.qt.dialogs.file_sorting import DroppedFiles, looked_at
from weijian.qt.dropped_files import dropped_paths
from weijian.qt.jobs import Jobs
from weijian.qt.menus import fill_menus
from weijian.qt.message_log import LoggedMessages, MessageLog
from weijian.qt.messages import Messages, WindowMessages
from weijian.qt.operations.archives import ask_to_migrate, ask_to_restore
from weijian.qt.operations.workspaces import give_password
from weijian.qt.panels.job_strip import JobStrip
from weijian.qt.panels.jobs_panel import JobsPanel
from weijian.qt.panels.messages_panel import MessagesPanel
from weijian.qt.selection import Selection
from weijian.qt.start_page import StartPage
from weijian.qt.undoing import Undoing
from weijian.qt.user_settings import RecentWorkspace, UserSettings
from weijian.qt.workbench import Workbench
from weijian.services.archives import wants_migration, wants_password
from weijian.services.workspaces import WorkspaceFacts, describe_workspace

if TYPE_CHECKING:
    from weijian.services.demo import DemoSummary

_FIRST_SIZE = QSize(1366, 768)
_STATE = "window"
_GEOMETRY = "geometry"


class MainWindow(QMainWindow):
    """The one window of the program.

    Parameters
    ----------
    program : Program
        The bureau's rules and the day.
    settings : UserSettings
    language : {"zh", "en"}
    messages : Messages, optional
        Boxes over this window when not given.
    """

    def __init__(
        self, program: Program, settings: UserSettings, language: Language, messages: Messages | None = None
    ) -> None:
        super().__init__()
        self._program = program
        self._settings = settings
        self._language = language
        self._log = MessageLog(self)
        gateway = messages or WindowMessages(self, language, settings)
        self._messages: Messages = LoggedMessages(gateway, self._log, language)
        self._jobs = Jobs(self._messages, self)
        self._workbench: Workbench | None = None
        self._lock: QLockFile | None = None
        self.commands = make_commands(self)
        self._build()
        self._connect()
        self._restore()
        self._show_start()

    @property
    def jobs(self) -> Jobs:
        """The workers of this window."""
        return self._jobs

    @property
    def workbench(self) -> Workbench | None:
        """What is on the table while a workspace is open."""
        return self._workbench

    def tell(self, error: BaseException) -> None:
        """Tell of an error that nobody caught."""
        self._messages.problem(error)

    def open_workspace(self, folder: Path) -> None:
        """Open a workspace in place of the one that is open."""
        place = folder.absolute()
        self._jobs.ask(self, partial(describe_workspace, place), self._opened, partial(self._not_opened, place))

    def close_workspace(self) -> bool:
        """Close the open workspace and show the start page; false when the user would rather not."""
        if self._workbench is None:
            return True
        if not self._may_stop_jobs():
            return False
        self._remember_workspace()
        self._pages.removeWidget(self._workbench.centre)
        self._workbench.close()
        self._workbench = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None
        self._show_start()
        return True

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask before running jobs are cancelled; keep how the window stands."""
        if not self._may_stop_jobs():
            event.ignore()
            return
        self._settings.set_state(_GEOMETRY, self.saveGeometry())
        self.close_workspace()
        self._jobs.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """A workspace is opened; other files go to the workspace that is open."""
        paths = dropped_paths(event.mimeData())
        event.acceptProposedAction()
        self._look_at_files(paths)

    # Building

    def _build(self) -> None:
        self.setObjectName("main-window")
        self.setDockNestingEnabled(True)
        self.setAcceptDrops(True)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self._pages = QStackedWidget()
        self._start_page = StartPage(self._settings, self._jobs)
        self._pages.addWidget(self._start_page)
        self.setCentralWidget(self._pages)
        self._jobs_dock = self._dock_below("jobs", self.tr("Jobs"), JobsPanel(self._jobs, self._language))
        self._messages_dock = self._dock_below("messages", self.tr("Messages"), MessagesPanel(self._log))
        self.tabifyDockWidget(self._jobs_dock, self._messages_dock)
        self._toolbar = QToolBar(self.tr("Tools"), self)
        self._toolbar.setObjectName("toolbar")
        self._toolbar.setIconSize(QSize(20, 20))
        self.addToolBar(self._toolbar)
        self._job_strip = JobStrip(self._jobs)
        self.statusBar().addPermanentWidget(self._job_strip)
        self.menus = fill_menus(self.menuBar(), self._toolbar, self.commands)

    def _dock_below(self, name: str, title: str, panel: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"{name}-dock")
        dock.setWidget(panel)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        return dock

    def _connect(self) -> None:
        does = {
            "new": self._new,
            "open": self._ask_which,
            "connect": self._connect_archive,
            "demo": self._demo,
            "restore": self._restore_backup,
            "close": self.close_workspace,
            "settings": self._show_settings,
            "quit": self.close,
            "manual": self._show_manual,
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
        }
        for name, verb in does.items():
            self.commands[name].triggered.connect(lambda _checked=False, verb=verb: verb())
        page = self._start_page
        page.new_asked.connect(self._new)
        page.open_asked.connect(self._ask_which)
        page.connect_asked.connect(self._connect_archive)
        page.restore_asked.connect(self._restore_backup)
        page.demo_asked.connect(self._demo)
        page.opened.connect(self.open_workspace)
        self._job_strip.asked.connect(self.raise_jobs)
        self._jobs.changed.connect(self._changed)

    def _restore(self) -> None:
        self.resize(_FIRST_SIZE)
        self.restoreGeometry(self._settings.state(_GEOMETRY))

    def _show_start(self) -> None:
        self.setWindowTitle(self.tr("weijian"))
        self._pages.setCurrentWidget(self._start_page)
        self._start_page.refresh()
        self._jobs_dock.setVisible(bool(self._jobs.unfinished))
        self._messages_dock.hide()
        self._toolbar.hide()
        for name in OF_A_WORKSPACE:
            self.commands[name].setEnabled(False)

    # Opening

    def _opened(self, facts: WorkspaceFacts) -> None:
        if not self.close_workspace():
            return
        lock = QLockFile(str(facts.folder / "cache" / "window.lock"))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            self._lock = lock
        elif not self._messages.ask(
            self.tr("This workspace is open in another window ({who}). What one changes the other sees.").format(
                who=lock.getLockInfo()[2] or "?"
            ),
            yes=self.tr("Open it here too"),
        ):
            return
        desk = Desk(
            folder=facts.folder,
            name=facts.name,
            crs=facts.crs,
            program=self._program,
            language=self._language,
            jobs=self._jobs,
            messages=self._messages,
            selection=Selection(self),
            settings=self._settings,
            undoing=Undoing(facts.folder, self._jobs, self._messages, self),
        )
        self._show_name(facts)
        self._toolbar.show()
        self._workbench = Workbench(self, desk, self.commands, self.menus, (self._jobs_dock, self._messages_dock))
        self._workbench.files_dropped.connect(self._look_at_files)
        self._pages.addWidget(self._workbench.centre)
        self._pages.setCurrentWidget(self._workbench.centre)
        for name in OF_A_WORKSPACE:
            self.commands[name].setEnabled(True)
        self._workbench.restore(self._settings.state(_STATE))

    def _not_opened(self, folder: Path, error: BaseException) -> None:
        """Ask for the password, or for leave to bring the archive forward, where that is all that is missing."""
        from weijian.qt.dialogs.password_dialog import PasswordDialog
        from weijian.qt.dialogs.sentences import said

        if wants_migration(error):
            why, open_it = said(error, self._language), partial(self.open_workspace, folder)
            ask_to_migrate(self._jobs, self._messages, self, folder, why, self.raise_jobs, open_it)
            return
        if not wants_password(error):
            self._messages.problem(error)
            return
        dialog = PasswordDialog(said(error, self._language), self)
        dialog.given.connect(partial(self._open_with_password, folder))
        dialog.open()

    def _open_with_password(self, folder: Path, password: str) -> None:
        give_password(self._jobs, self, folder, password, lambda _: self.open_workspace(folder))

    def _remember_workspace(self) -> None:
        if self._workbench is None:
            return
        self._settings.set_state(_STATE, self.saveState())
        picture = self._workbench.picture()
        if not picture.isNull():
            thumbnails.keep(self._settings, self._workbench.desk.folder, picture)

    def _may_stop_jobs(self) -> bool:
        running = [job for job in self._jobs.unfinished if not job.cancel_event.is_set()]
        if not running:
            return True
        agreed = self._messages.ask(
            self.tr("“{job}” is still running. If you go on it is cancelled; nothing of it is kept.").format(
                job=running[0].title
            ),
            yes=self.tr("Cancel the job"),
        )
        if agreed:
            for job in running:
                job.cancel()
        return agreed

    def _changed(self, changes: ChangeSet) -> None:
        if self._workbench is not None and changes.touches(Part.SETTINGS):
            work = partial(describe_workspace, self._workbench.desk.folder)
            self._jobs.ask(self._workbench, work, self._show_name)

    def _show_name(self, facts: WorkspaceFacts) -> None:
        self._settings.remember(RecentWorkspace(facts.folder, facts.name))
        self.setWindowTitle(f"{facts.name} — {self.tr('weijian')}")

    # Verbs

    def _new(self) -> None:
        from weijian.qt.dialogs.new_workspace_dialog import NewWorkspaceDialog

        dialog = NewWorkspaceDialog(self._jobs, self._messages, self._settings, self._language, self)
        dialog.created.connect(self.open_workspace)
        dialog.protection_asked.connect(self._protect)
        dialog.open()

    def _connect_archive(self) -> None:
        from weijian.qt.dialogs.connect_dialog import ConnectDialog

        dialog = ConnectDialog(self._jobs, self._messages, self._settings, self._language, self)
        dialog.connected.connect(self.open_workspace)
        dialog.open()

    def _protect(self, folder: Path) -> None:
        """Make the key to the numbers of persons of a new workspace and show its recovery key."""
        from weijian.qt.dialogs.recovery_key_dialog import RecoveryKeyDialog
        from weijian.services.personal_data import protect

        self._jobs.ask(self, lambda: protect(folder).value, lambda key: RecoveryKeyDialog(key, self).open())

    def _ask_which(self) -> None:
        folder = self._messages.choose_folder(self.tr("Open a workspace"))
        if folder is not None:
            self.open_workspace(folder)

    def _demo(self) -> None:
        folder = self._messages.choose_folder(self.tr("Folder in which the demo village is made"))
        if folder is None:
            return
        from weijian.services.demo import run_demo

        call = partial(run_demo, folder / "weijian-demo", self._program.legality, self._program.orders)
        self._jobs.start(self, self.tr("Demo village"), call, self._demo_made)
        self.raise_jobs()

    def _restore_backup(self) -> None:
        jobs, messages, settings = self._jobs, self._messages, self._settings
        ask_to_restore(jobs, messages, settings, self._language, self, self.raise_jobs, self._restored)

    def _restored(self, folder: Path) -> None:
        """Open what was restored, but not in place of what the user is at."""
        if self._workbench is None:
            self.open_workspace(folder)
        else:
            self._messages.notice(self.tr("Restored: {path}").format(path=folder))

    def _demo_made(self, summary: DemoSummary) -> None:
        self.open_workspace(next(path for path in summary.files if path.name == "workspace"))

    def _look_at_files(self, paths: tuple[Path, ...]) -> None:
        self._jobs.ask(self, partial(looked_at, paths), self._take_files)

    def _take_files(self, files: DroppedFiles) -> None:
        folder = files.workspace or (files.folders[0] if files.folders and self._workbench is None else None)
        if folder is not None:
            self.open_workspace(folder)
        elif self._workbench is not None:
            self._workbench.take_files(files)
        else:
            self._messages.notice(self.tr("Open or make a workspace first, then drop files into it."))

    def raise_jobs(self) -> None:
        """Bring the list of long jobs to the front."""
        self._jobs_dock.show()
        self._jobs_dock.raise_()

    def _show_settings(self) -> None:
        desk = None if self._workbench is None else self._workbench.desk
        from weijian.qt.dialogs.settings_dialog import SettingsDialog

        SettingsDialog(self._settings, desk, self._messages, self).open()

    def _show_shortcuts(self) -> None:
        groups = [(menu.title().replace("&", ""), _with_keys(menu.actions())) for menu in self.menus.values()]
        from weijian.qt.dialogs.shortcuts_dialog import ShortcutsDialog

        ShortcutsDialog([(title, actions) for title, actions in groups if actions], self).open()

    def _show_manual(self) -> None:
        from weijian.qt.dialogs.manual_dialog import ManualDialog

        ManualDialog(self._language, self).show()

    def _show_about(self) -> None:
        from weijian.qt.dialogs.about_dialog import AboutDialog

        AboutDialog(self).open()


def _with_keys(actions: list[QAction]) -> list[QAction]:
    return [action for action in actions if action.shortcut() != QKeySequence()]
