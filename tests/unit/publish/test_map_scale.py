import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box

from weijian.domain.errors import StructureTooLarge
from weijian.publish.map_scale import SCALES, choose_scale, extent_at_scale, grid_interval, scale_bar
from weijian.publish.paper import PAGES, Page
from weijian.publish.sheet_layout import sheet_layout

A3 = PAGES["A3-landscape"]


@given(
    width=st.floats(0.5, 600),
    height=st.floats(0.5, 500),
    x=st.floats(300_000, 700_000),
    page=st.sampled_from(list(PAGES.values())),
)
def test_chosen_scale_shows_the_structure_with_room_around(width: float, height: float, x: float, page: Page):
    structure = box(x, 3_150_000, x + width, 3_150_000 + height)
    scale = choose_scale([structure], page)
    x0, y0, x1, y1 = extent_at_scale([structure], page, scale)
    frame = sheet_layout(page).before
    assert scale in SCALES
    assert x1 - x0 == pytest.approx(frame.width * scale / 1000, abs=1e-6)
    assert y1 - y0 == pytest.approx(frame.height * scale / 1000, abs=1e-6)
    assert x0 < x
    assert x + width < x1
    assert y0 < 3_150_000
    assert 3_150_000 + height < y1


def test_structure_is_in_the_middle_of_the_frame():
    x0, y0, x1, y1 = extent_at_scale([box(100, 200, 110, 206), box(120, 210, 130, 214)], A3, 500)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == (115, 207)


def test_a_larger_scale_is_taken_when_there_is_room():
    structure = [box(0, 0, 12, 8)]
    assert choose_scale(structure, PAGES["A3-landscape"]) == 200
    assert choose_scale(structure, PAGES["A4-portrait"]) == 500
    assert choose_scale([box(0, 0, 3, 3)], A3) == 200


def test_the_scale_asked_for_is_kept_when_it_fits():
    assert choose_scale([box(0, 0, 12, 8)], A3, 500) == 500
    assert choose_scale([box(0, 0, 12, 8)], A3, 300) == 300
    assert choose_scale([box(0, 0, 3, 3)], A3, 100) == 100


def test_a_structure_too_large_is_refused_with_the_scale_that_would_do():
    with pytest.raises(StructureTooLarge) as refused:
        choose_scale([box(0, 0, 120, 40)], PAGES["A4-landscape"], 500)
    fitting = refused.value.data["fitting"]
    assert fitting == 2000
    assert choose_scale([box(0, 0, 120, 40)], PAGES["A4-landscape"], 2000) == 2000
    assert "1:500" in refused.value.sentence("zh")
    assert "1:2000" in refused.value.sentence("en")


def test_a_structure_too_large_for_every_scale_is_refused():
    with pytest.raises(StructureTooLarge) as refused:
        choose_scale([box(0, 0, 9000, 40)], A3)
    fitting = refused.value.data["fitting"]
    assert choose_scale([box(0, 0, 9000, 40)], A3, fitting) == fitting


@pytest.mark.parametrize("scale", SCALES)
def test_grid_and_bar_are_round_and_fit(scale: int):
    spacing = grid_interval(scale) * 1000 / scale
    assert 30 <= spacing <= 75
    length, divisions = scale_bar(scale, 26)
    assert length * 1000 / scale <= 26
    assert length * 1000 / scale >= 10
    assert (length / divisions) * 10 % 1 == pytest.approx(0)
