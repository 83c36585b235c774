from itertools import combinations

import pytest

from weijian.publish.paper import PAGES, Box, Page
from weijian.publish.sheet_layout import sheet_layout


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_nothing_overlaps_or_leaves_the_border(page: Page):
    layout = sheet_layout(page)
    parts = [layout.title, layout.before, layout.after, layout.facts, layout.corners, layout.legend, layout.signature]
    for one, other in combinations(parts, 2):
        assert not one.overlaps(other)
    for part in parts:
        assert part.x >= layout.border.x - 1e-6
        assert part.right <= layout.border.right + 1e-6
        assert part.y >= layout.border.y - 1e-6
        assert part.bottom <= layout.border.bottom + 1e-6
    assert layout.border.right <= page.width - 5
    assert layout.foot.bottom <= page.height - 5


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_frames_are_equal_whole_millimetres_side_by_side(page: Page):
    layout = sheet_layout(page)
    before, after = layout.before, layout.after
    assert (before.width, before.height, before.y) == (after.width, after.height, after.y)
    assert before.width % 1 == before.height % 1 == 0
    assert after.x - before.right >= layout.label_width


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_bureaus_seal_of_42_mm_fits(page: Page):
    layout = sheet_layout(page)
    assert layout.signature.width >= 44
    assert layout.signature.height >= 44


def test_pages_have_iso_sizes():
    assert {name: (page.width, page.height) for name, page in PAGES.items()} == {
        "A4-landscape": (297, 210),
        "A4-portrait": (210, 297),
        "A3-landscape": (420, 297),
        "A3-portrait": (297, 420),
    }


def test_boxes_are_cut_into_adjoining_parts():
    left, right = Box(10, 20, 30, 40).columns(1, 2)
    assert (left.x, left.width, right.x, right.right) == (10, 10, 20, 40)
    upper, lower = Box(10, 20, 30, 40).rows(3, 1)
    assert (upper.bottom, lower.y, lower.bottom) == (50, 50, 60)
