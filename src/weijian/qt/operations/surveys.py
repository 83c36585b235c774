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
from weijian.services.map_rasters import Product
from weijian.services.surveys import (
    add_survey,
    build_survey_overviews,
    point_survey_to,
    remove_survey,
    rename_survey,
)


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


def make_overviews(desk: Desk, survey: Survey, then: Callable[[None], None] | None = None) -> RunningJob:
    """Build overviews beside the products of a survey that have none, in the background."""
    title = QCoreApplication.translate("surveys", "Overviews of {survey}").format(survey=survey.name)
    return desk.jobs.start(desk.jobs, title, partial(build_survey_overviews, survey), then)


def rename(desk: Desk, owner: QObject, survey: Survey, name: str) -> None:
    """Give a survey another name."""
    desk.jobs.keep(owner, partial(rename_survey, desk.folder, survey.survey_id, name))


def remove(desk: Desk, owner: QObject, survey: Survey) -> None:
    """Ask, and take a survey off the workspace; its files stay."""
    question = QCoreApplication.translate(
        "surveys", "Remove survey {name} from the workspace? Its files stay where they are."
    ).format(name=survey.name)
    if desk.messages.ask(question, yes=QCoreApplication.translate("surveys", "Remove")):
        desk.jobs.keep(owner, partial(remove_survey, desk.folder, survey.survey_id))


def find(desk: Desk, owner: QObject, survey: Survey, product: Product) -> None:
    """Ask where a product lies now."""
    files = desk.messages.open_files(
        QCoreApplication.translate("surveys", "Where is {name}?").format(name=survey.name),
        QCoreApplication.translate("surveys", "Rasters (*.tif *.tiff *.img *.vrt *.jp2);;All files (*)"),
    )
    if files:
        desk.jobs.keep(owner, partial(point_survey_to, desk.folder, survey.survey_id, product, files[0]))
