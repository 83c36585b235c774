"""A bureau's settings of a workspace."""

from collections.abc import Sequence
from pathlib import Path

from weijian.domain.change_set import ChangeSet, Done
from weijian.domain.errors import InputError
from weijian.domain.gates import ReminderOrder
from weijian.services.actor import current_actor
from weijian.services.remote_data import SETTING as REMOTE_DATA
from weijian.storage.unit_of_work import UnitOfWork
from weijian.storage.workspace import open_workspace

CHANGEABLE = (
    *("name", "bureau", "document_mark", "review_body", "court", "planning_area"),
    *("demolition_order_is_penalty", "order_of_reminder", "may_see_numbers", REMOTE_DATA),
)
"""Settings a user may change: name, bureau, the mark in document numbers, where to appeal, village or town, the two
disputed points of procedure, who may see numbers of persons in clear, and whether data on the network are let in."""

PLANNING_AREAS = ("town", "village")
"""What ``planning_area`` may be: it decides the article an order rests on."""

_YES_NO = {"yes": True, "no": False}
_CHOICES = {
    "planning_area": PLANNING_AREAS,
    "demolition_order_is_penalty": tuple(_YES_NO),
    "order_of_reminder": tuple(order.value for order in ReminderOrder),
    REMOTE_DATA: tuple(_YES_NO),
}
_KEPT_AS_YES_NO = ("demolition_order_is_penalty", REMOTE_DATA)


class SettingValueUnknown(InputError):
    """A setting that has a few possible values was given another one."""

    zh = "{name} 不能是“{value}”；可用取值：{values}。"
    en = "{name} cannot be '{value}'; use one of: {values}."


class SettingUnknown(InputError):
    """A setting is not one a user may change, or is not written as name=value."""

    zh = "无法设置“{entry}”；请写成 名称=值，可用名称：{names}。"
    en = "Cannot set '{entry}'; write name=value with one of: {names}."


def change_settings(folder: Path, entries: Sequence[str]) -> Done[dict[str, str]]:
    """Set what ``entries`` (``name=value``) say, in one action, and answer all settings a user may change.

    Raises
    ------
    SettingUnknown, SettingValueUnknown
        Nothing is changed then.
    """
    changes = dict(_parsed(entry) for entry in entries)
    made = ChangeSet()
    with open_workspace(folder) as workspace:
        if changes:
            with workspace.transaction(current_actor(), "settings") as work:
                for name, value in changes.items():
                    work.settings.set(name, _YES_NO[value] if name in _KEPT_AS_YES_NO else value)
                made = work.changes
        with workspace.read() as work:
            return Done(_shown(work), made)


def read_settings(folder: Path) -> dict[str, str]:
    """All settings a user may change, written as `change_settings` takes them."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        return _shown(work)


def _shown(work: UnitOfWork) -> dict[str, str]:
    shown = {name: str(work.settings.get(name) or "") for name in CHANGEABLE}
    settled = work.settings.workflow()
    shown["demolition_order_is_penalty"] = "yes" if settled.demolition_order_is_penalty else "no"
    shown["order_of_reminder"] = settled.order_of_reminder.value
    shown[REMOTE_DATA] = "yes" if work.settings.get(REMOTE_DATA, False) else "no"
    return shown


def _parsed(entry: str) -> tuple[str, str]:
    name, equals, value = entry.partition("=")
    if not equals or name not in CHANGEABLE:
        raise SettingUnknown(entry=entry, names=", ".join(CHANGEABLE))
    if value not in _CHOICES.get(name, (value,)):
        raise SettingValueUnknown(name=name, value=value, values=", ".join(_CHOICES[name]))
    return name, value
