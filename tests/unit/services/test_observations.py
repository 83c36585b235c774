from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from unit.services.made import finding
from unit.services.test_cases import TO_DECISION, go, open_on
from weijian.domain.change_set import Part
from weijian.domain.errors import InputError
from weijian.domain.progress import ObservationSource
from weijian.services.case_files import case_of_finding, list_cases, read_case
from weijian.services.evidence import EvidenceKindUnknown, attach_files
from weijian.services.observations import AreaImpossible, NothingOrdered, ObservationMistimed, observe

Keep = Callable[..., Path]
NUMBER = finding().finding_no
CASE = "2025案0001"
TODAY = date(2025, 11, 20)


def enter(folder: Path, left: float = 30.0, on: date = date(2025, 11, 10)) -> None:
    site = ObservationSource.SITE
    observe(folder, CASE, NUMBER, on=on, area_left_m2=left, source=site, today=TODAY)


@pytest.fixture
def decided(keep: Keep) -> Path:
    folder = keep(finding())
    open_on(folder)
    go(folder, CASE, *TO_DECISION)
    return folder


def test_an_observation_is_kept_by_structure(decided: Path) -> None:
    enter(decided)
    view = read_case(decided, CASE)
    assert view.structures[NUMBER].done_m2 == pytest.approx(90.0)
    assert view.progress is not None
    assert view.progress.share == pytest.approx(0.75)
    assert case_of_finding(decided, NUMBER) == CASE
    assert [case.case_no for case in list_cases(decided)] == [CASE]


@pytest.mark.parametrize(
    ("left", "on", "kind"),
    [
        (-1.0, date(2025, 11, 10), AreaImpossible),
        (121.0, date(2025, 11, 10), AreaImpossible),
        (30.0, date(2025, 11, 2), ObservationMistimed),
        (30.0, date(2025, 11, 21), ObservationMistimed),
    ],
)
def test_what_cannot_be_is_refused(decided: Path, left: float, on: date, kind: type[InputError]) -> None:
    with pytest.raises(kind):
        enter(decided, left, on)
    assert read_case(decided, CASE).observations == ()


def test_without_a_decision_there_is_nothing_to_observe(keep: Keep) -> None:
    folder = keep(finding())
    open_on(folder)
    with pytest.raises(NothingOrdered):
        enter(folder)


def test_files_are_attached_together_or_not_at_all(decided: Path, tmp_path: Path) -> None:
    scan, copy, film = tmp_path / "a.pdf", tmp_path / "b.pdf", tmp_path / "c.mp4"
    for path, content in ((scan, b"one"), (copy, b"one"), (film, b"two")):
        path.write_bytes(content)
    with pytest.raises(EvidenceKindUnknown, match=r"d\.exe"):
        attach_files(decided, CASE, [scan, tmp_path / "d.exe"])
    done = attach_files(decided, CASE, [scan, copy, film])
    assert [each.kind.value for each in done.value.added] == ["scan", "video"]
    assert done.value.already == ("b.pdf",)
    assert done.changes.touches(Part.EVIDENCE)
    assert len(read_case(decided, CASE).evidence) == 2
