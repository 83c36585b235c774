"""Looking at a workspace's settings, and changing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject

from weijian.qt.desk import Desk
from weijian.qt.jobs import Otherwise
from weijian.services.settings import change_settings, read_settings

Then = Callable[[dict[str, str]], None]


def ask_settings(desk: Desk, owner: QObject, then: Then, otherwise: Otherwise) -> None:
    """Read all settings of the workspace."""
    desk.jobs.ask(owner, partial(read_settings, desk.folder), then, otherwise)


def keep_settings(desk: Desk, owner: QObject, changed: Mapping[str, str], then: Then, otherwise: Otherwise) -> None:
    """Keep changed settings, all in one action."""
    entries = tuple(f"{name}={value}" for name, value in changed.items())
    desk.jobs.keep(owner, partial(change_settings, desk.folder, entries), then, otherwise)
