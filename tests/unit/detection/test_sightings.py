"""Of readings that overlap, which is told."""

import numpy as np

from weijian.detection.sightings import Sighting, likeliest, likeliest_wholes, mostly_on
from weijian.detection.spectral_spots import Spot

SHAPE = (40, 40)


def spot(top: int, left: int, height: int, width: int) -> Spot:
    return Spot((slice(top, top + height), slice(left, left + width)), np.ones((height, width), bool))


HOUSE, WING, SHED = spot(5, 5, 12, 20), spot(5, 5, 12, 6), spot(30, 30, 5, 5)


def told(chosen: list[Sighting]) -> list[tuple[Spot, float]]:
    return [(sighting.spot, sighting.confidence) for sighting in chosen]


def test_the_likeliest_of_those_that_overlap_stays() -> None:
    chosen = likeliest((HOUSE, WING, SHED), np.array([0.4, 0.9, 0.5]), 0.3, SHAPE)
    assert told(chosen) == [(WING, 0.9), (SHED, 0.5)]


def test_a_part_is_told_as_the_whole_it_lies_in() -> None:
    chosen = likeliest_wholes((HOUSE, WING, SHED), np.array([0.4, 0.9, 0.5]), 0.3, SHAPE)
    assert told(chosen) == [(HOUSE, 0.9), (SHED, 0.5)]


def test_a_whole_that_is_hardly_a_roof_does_not_swallow_a_shed() -> None:
    chosen = likeliest_wholes((HOUSE, WING), np.array([0.2, 0.9]), 0.3, SHAPE)
    assert told(chosen) == [(WING, 0.9)]


def test_nearly_the_same_ground_keeps_the_likelier_outline() -> None:
    nearly = spot(5, 5, 12, 17)
    chosen = likeliest_wholes((HOUSE, nearly), np.array([0.6, 0.9]), 0.3, SHAPE)
    assert told(chosen) == [(nearly, 0.9)]


def test_a_whole_whose_ground_is_taken_stays_out() -> None:
    other = spot(5, 14, 12, 11)
    chosen = likeliest_wholes((HOUSE, WING, other), np.array([0.31, 0.8, 0.99]), 0.3, SHAPE)
    assert [sighting.spot for sighting in chosen] in ([HOUSE], [other, WING])
    assert sum(sighting.spot.mask.sum() for sighting in chosen) <= HOUSE.mask.sum()


def test_what_is_too_unlikely_is_not_told() -> None:
    assert likeliest((SHED,), np.array([0.2]), 0.3, SHAPE) == []


def test_what_lies_half_on_the_ground_belongs_to_it() -> None:
    ground = np.zeros(SHAPE, bool)
    ground[:, :16] = True
    seen = [Sighting(HOUSE, 0.5), Sighting(SHED, 0.5)]
    assert mostly_on(seen, ground) == seen[:1]
