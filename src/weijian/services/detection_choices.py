"""What can be compared in a workspace, and what became of an earlier comparison."""

from dataclasses import dataclass
from pathlib import Path

from weijian.detection.model_card import ModelCard
from weijian.detection.model_session import read_card, runtime_there
from weijian.domain.survey import Survey
from weijian.imagery.alignment import HandShift
from weijian.services.alignments import kept_hand
from weijian.storage.workspace import open_workspace


@dataclass(frozen=True)
class DetectionChoices:
    """Surveys by day, and how many buildings the archive has."""

    surveys: tuple[Survey, ...]
    buildings: int


@dataclass(frozen=True)
class EarlierFindings:
    """An earlier run on one pair: findings a new run replaces, those it keeps, and a person's placing it began from."""

    replaced: int
    kept: int
    hand: HandShift | None = None


def detection_choices(folder: Path) -> DetectionChoices:
    """What detection can start from."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        return DetectionChoices(tuple(work.surveys.all()), len(work.buildings.all()))


def earlier_findings(folder: Path, before_survey: int | None, after_survey: int) -> EarlierFindings:
    """What a new run on this pair would replace, what somebody has taken up and stays, and how it was placed."""
    with open_workspace(folder) as workspace, workspace.read() as work:
        total = len(work.findings.of_surveys(before_survey, after_survey))
        replaced = len(work.findings.not_taken_up(before_survey, after_survey))
        return EarlierFindings(replaced, total - replaced, kept_hand(work, before_survey, after_survey))


def models_can_run() -> bool:
    """Whether the extra that runs detection models is installed."""
    return runtime_there()


def detection_model(path: Path) -> ModelCard:
    """What a model file says of itself, checked; InputError when it cannot be used."""
    return read_card(path)
