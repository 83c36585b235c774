"""Surveys (航测期次): pointers to the files of a flight."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from weijian.domain.errors import NotFound
from weijian.domain.language import Words
from weijian.domain.survey import Survey
from weijian.storage.rows import Scope, to_row
from weijian.storage.tables import surveys

_CALLED = Words("航测期次", "survey")


class Surveys:
    """Surveys by id. Files inside the workspace folder are kept relative to it, so that it can be moved."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, survey: Survey) -> Survey:
        """Keep a survey; the answer carries its id."""
        row = to_row(survey, surveys, self._scope.srs_id)
        row |= {"ortho": self._pointer(survey.ortho), "dsm": survey.dsm and self._pointer(survey.dsm)}
        key = self._scope.connection.execute(insert(surveys).values(**row)).inserted_primary_key
        stored = replace(survey, survey_id=int(key[0]) if key else 0)
        self._scope.journal.note(surveys, "added", [stored.survey_id])
        return stored

    def update(self, survey: Survey) -> None:
        """Keep a survey as it now is.

        Raises
        ------
        NotFound
        """
        row = to_row(survey, surveys, self._scope.srs_id)
        row |= {"ortho": self._pointer(survey.ortho), "dsm": survey.dsm and self._pointer(survey.dsm)}
        statement = surveys.update().where(surveys.c.id == survey.survey_id).values(**row)
        if not self._scope.connection.execute(statement).rowcount:
            raise NotFound(kind=_CALLED, number=survey.survey_id)
        self._scope.journal.note(surveys, "updated", [survey.survey_id])

    def remove(self, survey_id: int) -> None:
        """Take a survey away; nothing may rest on it.

        Raises
        ------
        NotFound
        """
        if not self._scope.connection.execute(surveys.delete().where(surveys.c.id == survey_id)).rowcount:
            raise NotFound(kind=_CALLED, number=survey_id)
        self._scope.journal.note(surveys, "removed", [survey_id])

    def get(self, survey_id: int) -> Survey:
        """The survey of that id.

        Raises
        ------
        NotFound
        """
        row = self._scope.connection.execute(select(surveys).where(surveys.c.id == survey_id)).mappings().first()
        if row is None:
            raise NotFound(kind=_CALLED, number=survey_id)
        return self._survey(row)

    def all(self) -> list[Survey]:
        """Every survey, by date."""
        statement = select(surveys).order_by(surveys.c.flown_on, surveys.c.id)
        return [self._survey(row) for row in self._scope.connection.execute(statement).mappings()]

    def _pointer(self, path: Path) -> str:
        whole, folder = path.absolute(), self._scope.folder.absolute()
        return (whole.relative_to(folder) if whole.is_relative_to(folder) else whole).as_posix()

    def _survey(self, row: Mapping[Any, Any]) -> Survey:
        folder = self._scope.folder
        return Survey(
            survey_id=row["id"],
            name=row["name"],
            flown_on=row["flown_on"],
            ortho=folder / row["ortho"],
            dsm=folder / row["dsm"] if row["dsm"] else None,
            crs=row["crs"],
            gsd_m=row["gsd_m"],
            width=row["width"],
            height=row["height"],
        )
