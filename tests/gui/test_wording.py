from collections.abc import Iterable
from enum import StrEnum

import pytest
from PySide6.QtWidgets import QApplication

from weijian.domain.finding import ChangeType, Method, PermitStatus, ReviewStatus
from weijian.domain.permit import PermitKind
from weijian.domain.progress import ObservationSource
from weijian.domain.stage import STAGE_NAMES, Stage
from weijian.domain.zone import ZONE_NAMES, ZoneKind
from weijian.qt import translation
from weijian.qt.wording import job_stage, measured, name_of
from weijian.terminal import STAGE_WORDS


@pytest.fixture
def chinese(qapp: QApplication) -> Iterable[None]:
    translation.install(qapp, "zh")
    yield
    translation.install(qapp, "en")


@pytest.mark.parametrize(
    "kind", [ChangeType, Method, PermitStatus, ReviewStatus, PermitKind, ObservationSource, Stage, ZoneKind]
)
def test_every_value_has_words_of_its_own(kind: type[StrEnum], chinese: None) -> None:
    words = [name_of(value) for value in kind]
    assert len(set(words)) == len(words)
    assert not any(word.isascii() for word in words)


def test_values_of_different_kinds_may_be_equal_texts(chinese: None) -> None:
    assert name_of(ReviewStatus.DISMISSED) != name_of(Stage.DISMISSED)


def test_the_window_says_what_the_papers_say(chinese: None) -> None:
    assert {stage: name_of(stage) for stage in Stage} == dict(STAGE_NAMES)
    assert {kind: name_of(kind) for kind in ZoneKind} == dict(ZONE_NAMES)


def test_every_stage_of_a_job_has_words(chinese: None) -> None:
    assert not [stage for stage in STAGE_WORDS if job_stage(stage).isascii()]


def test_what_is_measured_has_its_unit() -> None:
    assert measured(86.44, 1.26, "m²") == "86.4±1.3 m²"
    assert measured(None, None, "m") == "—"
