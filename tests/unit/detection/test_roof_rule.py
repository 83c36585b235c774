"""What the rule of thumb makes of candidates."""

import numpy as np
import pytest

from weijian.detection.roof_rule import rule_of_thumb

SHED = {
    "log_area": np.log(18.0),
    "log_pixels": np.log(290.0),
    "width": 3.6,
    "aspect": 1.4,
    "fill": 0.85,
    "convexity": 0.98,
    "rim_before": 0.4,
    "rim_after": 0.75,
    "distance": 0.4,
    "shade_fell": 0.4,
    "fell_beside": 0.8,
    "attached": 0.0,
    "dim": 0.0,
}


def says(**others: float) -> float:
    (odds,) = rule_of_thumb({name: np.array([value]) for name, value in (SHED | others).items()})
    return float(odds)


def test_a_sharp_new_rectangle_with_its_shadow_is_a_roof() -> None:
    assert says() > 1.0


@pytest.mark.parametrize(
    "doubt",
    [
        {"shade_fell": 0.05},
        {"rim_after": 0.3},
        {"rim_before": 0.9},
        {"fill": 0.6},
        {"dim": 1.0},
        {"log_pixels": np.log(60.0)},
        {"distance": 0.05},
    ],
)
def test_each_sign_that_is_missing_makes_it_less_likely(doubt: dict[str, float]) -> None:
    assert says(**doubt) < says()


def test_what_has_the_shape_of_a_lorry_is_none_unless_it_stands_against_a_wall() -> None:
    lorry = {"width": 2.6, "aspect": 3.0, "log_area": np.log(20.0)}
    assert says(**lorry) == -6.0
    assert says(**lorry, attached=0.3) > 0.0


def test_two_cars_side_by_side_are_no_roof() -> None:
    assert says(fill=0.5, convexity=0.7) == -6.0


def test_without_a_sun_the_ground_beside_speaks() -> None:
    assert says(shade_fell=-1.0, fell_beside=0.9) > says(shade_fell=-1.0, fell_beside=0.0)


def test_a_tunnel_is_doubted() -> None:
    hall = {"log_area": np.log(150.0), "width": 7.0, "aspect": 3.0, "shade_fell": -1.0, "rim_after": 0.75}
    assert says(**hall) == pytest.approx(says(**hall | {"aspect": 2.0}) - 3.0)
