"""A bureau's settings of a workspace."""

from collections.abc import Sequence
from pathlib import Path

from weijian.domain.change_set import ChangeSet, Done
from weijian.domain.errors import InputError
from weijian.services.actor import current_actor
from weijian.storage.workspace import open_workspace

CHANGEABLE = ("name", "bureau", "document_mark", "review_body", "court", "planning_area")
"""Settings a user may change: name, bureau, the mark in document numbers, where to appeal, village or town."""


PLANNING_AREAS = ("town", "village")
"""What ``planning_area`` may be: it decides the article an order rests on."""


class PlanningAreaUnknown(InputError):
    """A planning area is neither town nor village."""

    zh = "planning_area 不能是“{value}”；可用取值：{values}。"
    en = "planning_area cannot be '{value}'; use one of: {values}."


class SettingUnknown(InputError):
    """A setting is not one a user may change, or is not written as name=value."""

    zh = "无法设置“{entry}”；请写成 名称=值，可用名称：{names}。"
    en = "Cannot set '{entry}'; write name=value with one of: {names}."


def change_settings(folder: Path, entries: Sequence[str]) -> Done[dict[str, str]]:
    """Set what ``entries`` (``name=value``) say, in one action, and answer all settings a user may change.

    Raises
    ------
    SettingUnknown, PlanningAreaUnknown
        Nothing is changed then.
    """
    changes = dict(_parsed(entry) for entry in entries)
    made = ChangeSet()
    with open_workspace(folder) as workspace:
        if changes:
            with workspace.transaction(current_actor(), "settings") as work:
                for name, value in changes.items():
                    work.settings.set(name, value)
                made = work.changes
        with workspace.read() as work:
            return Done({name: str(work.settings.get(name) or "") for name in CHANGEABLE}, made)


def _parsed(entry: str) -> tuple[str, str]:
    name, equals, value = entry.partition("=")
    if not equals or name not in CHANGEABLE:
        raise SettingUnknown(entry=entry, names=", ".join(CHANGEABLE))
    if name == "planning_area" and value not in PLANNING_AREAS:
        raise PlanningAreaUnknown(value=value, values=", ".join(PLANNING_AREAS))
    return name, value
