"""Registering surveys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from weijian.domain.survey import Survey
from weijian.qt.desk import Desk
from weijian.qt.jobs import Otherwise, RunningJob
from weijian.services.surveys import add_survey, build_survey_overviews


@dataclass(frozen=True)
class NewSurvey:
    """The products of one flight as the user describes them; ``crs`` is for files that state none."""

    ortho: Path
    dsm: Path | None
    flown_on: date
    name: str
    crs: str | None


def register_survey(
    desk: Desk, owner: QObject, new: NewSurvey, then: Callable[[Survey], None], otherwise: Otherwise
) -> None:
    """Register a survey; the files stay where they are."""
    action = partial(
        add_survey,
        desk.folder,
        flown_on=new.flown_on,
        ortho=new.ortho,
        dsm=new.dsm,
        name=new.name or None,
        crs=new.crs,
        today=desk.program.today,
    )
    desk.jobs.keep(owner, action, then, otherwise)


def make_overviews(desk: Desk, survey: Survey) -> RunningJob:
    """Build the overviews of a survey in the background."""
    title = QCoreApplication.translate("surveys", "Overviews of {survey}").format(survey=survey.name)
    return desk.jobs.start(desk.jobs, title, partial(build_survey_overviews, survey))
