"""What one user of the machine prefers; nothing here belongs to a workspace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QByteArray, QSettings

from weijian.domain.language import Language

Theme = Literal["system", "light", "dark"]
FolderUse = Literal["workspaces", "exports", "opened"]
"""Where workspaces are, where exports go, and where a file was opened last."""
_RECENT_AT_MOST = 12


@dataclass(frozen=True)
class RecentWorkspace:
    """A workspace that was open before; ``opened_at`` is local time, None where nobody noted it."""

    folder: Path
    name: str
    opened_at: datetime | None = None


class UserSettings:
    """Preferences kept in an INI file.

    Parameters
    ----------
    path : Path
        The file; made when something is first kept.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def folder(self) -> Path:
        """Where the preferences are kept, and small things that go with them."""
        return self._path.parent

    @property
    def language(self) -> Language | None:
        """The language asked for; None leaves it to the system."""
        kept = self._kept.value("language")
        return kept if kept in ("zh", "en") else None

    @language.setter
    def language(self, language: Language | None) -> None:
        self._set("language", language or "")

    @property
    def theme(self) -> Theme:
        """Light, dark, or as the system."""
        kept = self._kept.value("theme")
        return kept if kept in ("light", "dark") else "system"

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._set("theme", theme)

    @property
    def officers(self) -> tuple[str, str]:
        """Lead and second officer as last entered; empty when never."""
        return self.text("officers/lead"), self.text("officers/second")

    @officers.setter
    def officers(self, names: tuple[str, str]) -> None:
        self._set("officers/lead", names[0])
        self._set("officers/second", names[1])

    def folder_for(self, use: FolderUse) -> Path | None:
        """Where file dialogs of a use begin; None leaves it to the system."""
        kept = self.text(f"folders/{use}")
        return Path(kept) if kept else None

    def set_folder_for(self, use: FolderUse, folder: Path | None) -> None:
        """Set where file dialogs of a use begin."""
        self._set(f"folders/{use}", "" if folder is None else str(folder))

    @property
    def recent(self) -> tuple[RecentWorkspace, ...]:
        """Workspaces that were open, the last one first."""
        count = self._kept.beginReadArray("recent")
        found = []
        for index in range(count):
            self._kept.setArrayIndex(index)
            folder, name = Path(str(self._kept.value("folder"))), str(self._kept.value("name"))
            found.append(RecentWorkspace(folder, name, _time_from(str(self._kept.value("opened_at") or ""))))
        self._kept.endArray()
        return tuple(found)

    def remember(self, workspace: RecentWorkspace) -> None:
        """Put a workspace first in the list, opened now unless it says otherwise."""
        noted = workspace if workspace.opened_at else replace(workspace, opened_at=datetime.now().astimezone())
        self._write_recent((noted, *(r for r in self.recent if r.folder != workspace.folder)))

    def forget(self, folder: Path) -> None:
        """Take a workspace off the list."""
        self._write_recent(tuple(r for r in self.recent if r.folder != folder))

    def text(self, name: str) -> str:
        """A kept text, empty when there is none."""
        return str(self._kept.value(name) or "")

    def set_text(self, name: str, value: str) -> None:
        """Keep a text."""
        self._set(name, value)

    def state(self, name: str) -> QByteArray:
        """The state of a window or header as Qt packed it; empty when there is none."""
        kept = self._kept.value(f"state/{name}")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def set_state(self, name: str, state: QByteArray) -> None:
        """Keep the state of a window or header."""
        self._set(f"state/{name}", state)

    def _write_recent(self, workspaces: tuple[RecentWorkspace, ...]) -> None:
        self._kept.remove("recent")
        self._kept.beginWriteArray("recent")
        for index, workspace in enumerate(workspaces[:_RECENT_AT_MOST]):
            self._kept.setArrayIndex(index)
            self._kept.setValue("folder", str(workspace.folder))
            self._kept.setValue("name", workspace.name)
            if workspace.opened_at is not None:
                self._kept.setValue("opened_at", workspace.opened_at.isoformat(timespec="minutes"))
        self._kept.endArray()
        self._kept.sync()

    def _set(self, name: str, value: Any) -> None:
        self._kept.setValue(name, value)
        self._kept.sync()


def _time_from(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        return None
