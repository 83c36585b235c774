import numpy as np
import pytest
from affine import Affine

from weijian.imagery.shift import ShiftField
from weijian.imagery.ties import Tie, disagreement, fit


def measured(field: ShiftField, count: int, sigma: float, wrong: float, seed: int = 0) -> list[Tie]:
    """Ties of a field with noise; a share is anywhere within five metres."""
    chance = np.random.default_rng(seed)
    x, y = chance.uniform(0, 1000, (2, count)) + np.array([[500_000], [3_300_000]])
    dx, dy = field.at(x, y)
    noise = chance.normal(0, sigma, (2, count))
    lost = chance.random(count) < wrong
    noise[:, lost] += chance.uniform(-5, 5, (2, int(lost.sum())))
    return [Tie(*(float(v) for v in t), 0.5) for t in zip(x, y, dx + noise[0], dy + noise[1], strict=True)]


def error(found: ShiftField, true: ShiftField) -> float:
    x, y = np.meshgrid(np.linspace(500_050, 500_950, 20), np.linspace(3_300_050, 3_300_950, 20))
    return float(np.sqrt(np.mean(np.sum((np.array(found.at(x, y)) - np.array(true.at(x, y))) ** 2, axis=0))))


SIMILARITY = ShiftField(500_500, 3_300_500, Affine(2e-4, -8e-4, 0.4, 8e-4, 2e-4, -0.3))


@pytest.mark.parametrize("wrong", [0.0, 0.3, 0.5])
def test_similarity_is_found_among_wrong_ties(wrong: float) -> None:
    found = fit(measured(SIMILARITY, 120, 0.05, wrong), tolerance=0.6)
    assert found is not None
    assert error(found.shift, SIMILARITY) < 0.05
    assert found.kept >= 0.8 * 120 * (1 - wrong)
    assert found.residual == pytest.approx(0.05 * np.sqrt(2), rel=0.5)


def test_nothing_but_noise_is_no_fit_worth_the_name() -> None:
    found = fit(measured(SIMILARITY, 120, 0.05, 1.0), tolerance=0.6)
    assert found is None or found.kept < 0.2 * 120


def test_few_ties_give_none() -> None:
    assert fit(measured(SIMILARITY, 3, 0.01, 0), tolerance=0.6) is None


def test_noise_alone_does_not_buy_a_richer_model() -> None:
    found = fit(measured(ShiftField.constant(0.5, 0.2), 100, 0.05, 0.1), tolerance=0.6)
    assert found is not None
    assert found.model == "translation"
    assert found.shift.local is None


def test_a_bend_is_followed() -> None:
    chance = np.random.default_rng(1)
    ties = []
    for x, y in chance.uniform(0, 1000, (150, 2)):
        dx, dy = 0.3 * np.sin(x / 150), 0.3 * np.cos(y / 150)
        ties.append(Tie(x, y, dx + chance.normal(0, 0.03), dy + chance.normal(0, 0.03), 0.5))
    found = fit(ties, tolerance=1.5)
    assert found is not None
    assert found.shift.local is not None
    dx, dy = found.shift.at(np.array([235.6]), np.array([471.2]))
    assert abs(float(dx[0]) - 0.3) < 0.12
    assert abs(float(dy[0]) + 0.3) < 0.12


def test_ties_that_contradict_each_other_are_told_by_how_much() -> None:
    chance = np.random.default_rng(4)
    at, off = chance.uniform(0, 500, (40, 2)), chance.uniform(-8, 8, (40, 2))
    strangers = [Tie(*place, *shift, 0.5) for place, shift in zip(at.tolist(), off.tolist(), strict=True)]
    residual, agreed = disagreement(strangers, 1.0)
    assert residual == pytest.approx(8 * np.sqrt(2 / 3), rel=0.15)
    assert agreed < 10
    friends = [Tie(x, y, 3.0, -2.0, 0.9) for x, y in at.tolist()]
    assert disagreement(friends, 1.0) == (0.0, 40)
