import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from weijian.cadastre import topology
from weijian.cadastre.check_rules import CheckRules
from weijian.cadastre.topology import gaps, is_duplicate, loose_edges, overlaps, slivers

RULES = CheckRules()


def shapes(*boxes):
    return np.array([shapely.box(*box) for box in boxes], dtype=object)


def pairs(found):
    return [(m.first, m.second) for block in found for m in block]


def overlaps_of(outlines):
    return [m for block in overlaps(outlines, loose_edges(outlines, RULES.gap_width_m), RULES) for m in block]


def gaps_of(outlines):
    return [m for block in gaps(outlines, loose_edges(outlines, RULES.gap_width_m), RULES) for m in block]


def test_parcels_that_fit_have_nothing_wrong():
    fitting = shapes((0, 0, 10, 20), (10, 0, 20, 20), (0, 20, 20, 30))
    assert overlaps_of(fitting) == []
    assert gaps_of(fitting) == []
    assert len(slivers(fitting, RULES)) == 0


@given(st.floats(0.15, 5.0), st.floats(4.0, 30.0))
@settings(deadline=None)
def test_an_overlap_is_measured(width, length):
    (met,) = overlaps_of(shapes((0, 0, 10, length), (10 - width, 0, 25, length)))
    assert (met.first, met.second) == (0, 1)
    assert met.area_m2 == pytest.approx(width * length)
    assert met.ground.equals(shapely.box(10 - width, 0, 10, length))


@given(st.floats(0.05, 0.45), st.floats(5.0, 30.0))
@settings(deadline=None)
def test_a_gap_is_measured(width, length):
    (met,) = gaps_of(shapes((0, 0, 10, length), (10 + width, 0, 20, length)))
    assert met.area_m2 == pytest.approx(width * length, rel=0.02)


@given(st.floats(0.51, 6.0))
@settings(deadline=None)
def test_a_lane_is_no_gap(width):
    assert gaps_of(shapes((0, 0, 10, 20), (10 + width, 0, 20, 20))) == []


def test_what_a_third_parcel_covers_is_no_gap():
    assert gaps_of(shapes((0, 0, 10, 20), (10.4, 0, 20, 20), (10, 0, 10.4, 20))) == []


def test_one_inside_another_overlaps_it_and_the_same_twice_is_told():
    inside = shapes((0, 0, 20, 20), (5, 5, 10, 10))
    (met,) = overlaps_of(inside)
    assert met.area_m2 == 25
    assert not is_duplicate(inside, met, RULES)
    twice = shapes((0, 0, 20, 20), (0.1, 0, 20, 20))
    (met,) = overlaps_of(twice)
    assert is_duplicate(twice, met, RULES)


def test_noise_of_the_survey_is_no_overlap():
    assert overlaps_of(shapes((0, 0, 10, 20), (9.95, 0, 20, 20))) == []


def test_slivers():
    thin = shapes((0, 0, 10, 10), (0, 0, 40, 0.2), (0, 0, 0.9, 0.9))
    assert slivers(thin, RULES).tolist() == [1, 2]


def test_buildings_across_parcels_and_outside():
    parcels = shapes((0, 0, 20, 20), (20, 0, 40, 20))
    buildings = shapes(
        (5, 5, 15, 15),  # at home
        (15, 5, 30, 15),  # in both, mostly the second
        (35, 5, 45, 15),  # half outside
        (100, 100, 110, 110),  # on none
        (5, 5, 20.05, 15),  # over the border by the survey's noise
    )
    shared, bare = [], []
    for one, other in topology.across(buildings, parcels, RULES):
        shared += one
        bare += other
    assert [(m.first, m.second, m.area_m2) for m in shared] == [(1, 0, 50)]
    assert [(m.first, m.second, m.area_m2) for m in bare] == [(2, 1, 50), (3, -1, 100)]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=12))
@settings(deadline=None, max_examples=60)
def test_overlaps_are_those_of_comparing_each_with_each(corners):
    outlines = np.array([shapely.box(x, y, x + 4, y + 3) for x, y in corners], dtype=object)
    told = {(m.first, m.second): m.area_m2 for m in overlaps_of(outlines)}
    expected = {}
    for i in range(len(outlines)):
        for j in range(i + 1, len(outlines)):
            area = outlines[i].intersection(outlines[j]).area
            if area > RULES.overlap_area_m2:
                expected[i, j] = area
    assert told == pytest.approx(expected)


def test_a_sheared_mosaic_has_neither_gaps_nor_overlaps():
    rng = np.random.default_rng(5)
    x, y = np.meshgrid(np.arange(9) * 15.0, np.arange(9) * 20.0, indexing="ij")
    nodes = np.stack([x, y], -1) + rng.normal(0, 1.0, (9, 9, 2))
    rings = np.stack([nodes[:-1, :-1], nodes[1:, :-1], nodes[1:, 1:], nodes[:-1, 1:]], axis=2).reshape(-1, 4, 2)
    outlines = shapely.polygons(rings)
    assert pairs([overlaps_of(outlines)]) == []
    assert pairs([gaps_of(outlines)]) == []
