"""Settings of a workspace, and its number series."""

import json
from typing import Any

from sqlalchemy import select

from weijian.domain.workflow import ReminderOrder, WorkflowSettings
from weijian.storage.rows import Scope
from weijian.storage.tables import number_series, settings


class Settings:
    """Named values of the kinds JSON knows: ``name``, ``crs``, ``bureau``, ``officers`` ..."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def get(self, name: str, default: Any = None) -> Any:
        """Value of a setting, or ``default``."""
        kept = self._scope.connection.scalar(select(settings.c.value).where(settings.c.name == name))
        return default if kept is None else json.loads(kept)

    def all(self) -> dict[str, Any]:
        """Every setting that is set."""
        rows = self._scope.connection.execute(select(settings.c.name, settings.c.value).order_by(settings.c.name))
        return {name: json.loads(value) for name, value in rows}

    def set(self, name: str, value: Any) -> None:
        """Set a setting."""
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        statement = settings.update().where(settings.c.name == name).values(value=text)
        if self._scope.connection.execute(statement).rowcount:
            self._scope.journal.note(settings, "updated", [name])
        else:
            self._scope.insert(settings, [{"name": name, "value": text}], "name")

    def workflow(self) -> WorkflowSettings:
        """The disputed points of procedure as this bureau has settled them."""
        usual = WorkflowSettings()
        return WorkflowSettings(
            self.get("demolition_order_is_penalty", usual.demolition_order_is_penalty),
            ReminderOrder(self.get("order_of_reminder", usual.order_of_reminder.value)),
        )


class NumberSeries:
    """Running numbers, one series a kind and year, without gaps: a number is used when its transaction is."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def next_number(self, series: str, year: int, count: int = 1) -> int:
        """Take the next number of a series; with ``count``, the first of so many in a row."""
        this = (number_series.c.series == series, number_series.c.year == year)
        last = self._scope.connection.scalar(select(number_series.c.last).where(*this).with_for_update())
        if last is None:
            row = {"series": series, "year": year, "last": count}
            self._scope.insert(number_series, [row], "series")
            return 1
        self._scope.connection.execute(number_series.update().where(*this).values(last=last + count))
        self._scope.journal.note(number_series, "updated", [series])
        return int(last) + 1
