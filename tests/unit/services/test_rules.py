from pathlib import Path

import pytest

from weijian.detection.confidence import Comparison
from weijian.domain.errors import FileMissing, FileUnreadable
from weijian.domain.finding import ChangeType
from weijian.domain.legality import LegalityRules
from weijian.services.rules import calibration, legality_rules


def test_the_rules_that_come_along_are_the_usual_ones() -> None:
    assert legality_rules() == LegalityRules()


def test_a_bureau_states_only_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "规则.yaml"
    path.write_text("least_cover: 0.5\nsigmas: 3\n", encoding="utf-8")
    assert legality_rules(path) == LegalityRules(least_cover=0.5, sigmas=3.0)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"- 1",
        b"least_cover: [",
        b"least_cover: much",
        b"least_cover: '0.5'",
        b"least_cover:",
        b"least_cover: .nan",
        b"sigmas: -1",
        b"unheard_of: 1",
        b"1: 2",
        b"\xff\xfe\x00",
        b"x: \x00",
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "规则.yaml"
    path.write_bytes(content)
    with pytest.raises(FileUnreadable) as refusal:
        legality_rules(path)
    assert str(path) in refusal.value.sentence("zh")
    assert "\n" not in refusal.value.sentence("zh")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        legality_rules(tmp_path / "none.yaml")


def test_what_evidence_is_worth_comes_with_the_program() -> None:
    curves = calibration().curves
    assert {Comparison.HEIGHT, Comparison.ARCHIVE} <= set(curves)
    for curve in curves.values():
        shares = [curve.share(evidence, ChangeType.NEW) for evidence in (0.5, 0.9, 0.999)]
        assert shares == sorted(shares)
        assert 0.8 < shares[-1] < 1.0


@pytest.mark.parametrize(
    "text",
    [
        "height: 3",
        "heights: {intercept: 0, slope: 1, by_type: {}}",
        "height: {intercept: 0, slope: -1, by_type: {}}",
        "height: {intercept: .nan, slope: 1, by_type: {}}",
        "height: {intercept: 0, slope: 1, by_type: {newer: 1}}",
        "height: {slope: 1, by_type: {}}",
        "- height",
        "height: {",
    ],
)
def test_a_damaged_calibration_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "confidence.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileUnreadable, match=r"confidence\.yaml"):
        calibration(path)
