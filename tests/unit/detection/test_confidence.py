from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from weijian.detection.confidence import CLEAREST, Calibration, Comparison, Curve, log_odds
from weijian.domain.finding import Change, ChangeType, Method

SHED = Change(ChangeType.NEW, box(0, 0, 4, 3), 12.0, 1.0, 3.0, 0.2, 3.0, 0.99, Method.HEIGHT)
SHARES = st.floats(0.0, 1.0)


@given(SHARES, SHARES, st.floats(-4, 4), st.floats(0, 3))
def test_more_evidence_is_never_worth_less(one: float, other: float, intercept: float, slope: float) -> None:
    curve = Curve(intercept, slope)
    low, high = (curve.share(evidence, ChangeType.NEW) for evidence in sorted((one, other)))
    assert 0.0 < low <= high < 1.0


@given(st.floats(0.01, 0.99))
def test_without_a_curve_evidence_is_told_as_it_is(evidence: float) -> None:
    change = replace(SHED, confidence=evidence)
    assert Calibration().told(change, Comparison.SPECTRAL) == change
    assert Curve().share(evidence, ChangeType.NEW) == pytest.approx(evidence)


@pytest.mark.parametrize(("evidence", "odds"), [(0.0, -CLEAREST), (1.0, CLEAREST), (1 - 1e-9, CLEAREST), (0.5, 0.0)])
def test_no_evidence_is_beyond_doubt(evidence: float, odds: float) -> None:
    assert log_odds(evidence) == pytest.approx(odds)


def test_each_comparison_and_type_has_its_own_worth() -> None:
    told = Calibration({Comparison.ARCHIVE: Curve(-1.0, 0.5, {ChangeType.NEW: -1.0})}).told
    new, gone = (
        told(SHED, Comparison.ARCHIVE),
        told(replace(SHED, change_type=ChangeType.DEMOLISHED), Comparison.ARCHIVE),
    )
    assert new.confidence < gone.confidence < SHED.confidence
    assert replace(new, confidence=0.99) == SHED
    assert told(SHED, Comparison.HEIGHT) == SHED
