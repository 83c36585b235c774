"""Outlines are edited value by value: nothing that was is ever changed."""

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from weijian.domain.outline_edits import LEAST_VERTICES, EditHistory, OutlineDraft, VertexPlace, nearest

HOLED = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (4, 2), (4, 4), (2, 4)]])
PARTS = shapely.MultiPolygon([HOLED, shapely.box(20, 0, 30, 10)])

coordinate = st.floats(-1e7, 4e7, allow_nan=False, allow_infinity=False)
few = settings(max_examples=40)
point = st.tuples(coordinate, coordinate)
ring = st.lists(point, min_size=3, max_size=5).map(tuple)
drafts = st.lists(st.lists(ring, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2).map(
    lambda parts: OutlineDraft(tuple(parts))
)


@st.composite
def edits(draw: st.DrawFn, draft: OutlineDraft) -> OutlineDraft:
    """One edit of a draft."""
    places = [place for place, _ in draft.vertices]
    verb = draw(st.sampled_from(("move", "insert", "remove")))
    if verb == "move":
        return draft.moved(draw(st.sampled_from(places)), draw(point))
    if verb == "remove":
        return draft.removed(draw(st.sampled_from(places)))
    return draft.inserted(draw(st.sampled_from([place for place, _ in draft.midpoints])), draw(point))


@pytest.mark.parametrize("outline", [HOLED, PARTS, shapely.box(0, 0, 1, 2)])
def test_a_draft_gives_its_outline_back(outline):
    assert OutlineDraft.of(outline).outline == outline
    assert OutlineDraft.of(outline).is_sound


def test_vertices_come_without_the_closing_one():
    draft = OutlineDraft.of(PARTS)
    assert [place for place, _ in draft.vertices if (place.part, place.ring) == (0, 1)] == [
        VertexPlace(0, 1, n) for n in range(4)
    ]
    assert len(list(draft.vertices)) == len(list(draft.midpoints)) == 12


@few
@given(drafts, st.data())
def test_moving_moves_one_vertex_and_back_again(draft, data):
    place, to = data.draw(st.sampled_from([place for place, _ in draft.vertices])), data.draw(point)
    moved = draft.moved(place, to)
    before, after = dict(draft.vertices), dict(moved.vertices)
    assert after == {**before, place: to}
    assert moved.moved(place, draft.at(place)) == draft


@few
@given(drafts, st.data())
def test_a_vertex_inserted_and_removed_leaves_the_draft_as_it_was(draft, data):
    place, middle = data.draw(st.sampled_from(list(draft.midpoints)))
    longer = draft.inserted(place, middle)
    assert longer.at(place) == middle
    assert len(list(longer.vertices)) == len(list(draft.vertices)) + 1
    assert longer.removed(place) == draft


@few
@given(drafts, st.data())
def test_a_ring_keeps_three_vertices(draft, data):
    for _ in range(10):
        draft = draft.removed(data.draw(st.sampled_from([place for place, _ in draft.vertices])))
    assert all(len(ring) >= LEAST_VERTICES for rings in draft.parts for ring in rings)


@few
@given(drafts, st.data())
def test_edits_never_change_what_was(draft, data):
    kept = OutlineDraft(tuple(tuple(tuple(ring) for ring in rings) for rings in draft.parts))
    data.draw(edits(draft))
    assert draft == kept


@few
@given(drafts, st.data(), st.integers(0, 6))
def test_undoing_everything_returns_to_the_start_and_redoing_to_the_end(draft, data, count):
    history = EditHistory((draft,))
    for _ in range(count):
        history = history.then(data.draw(edits(history.present)))
    end, steps = history.present, len(history.done) - 1
    seen = [history.present]
    for _ in range(steps):
        history = history.undo()
        seen.append(history.present)
    assert history.present == draft
    assert history.undo() == history
    for was in reversed(seen[:-1]):
        history = history.redo()
        assert history.present == was
    assert history.present == end
    assert history.redo() == history


def test_an_edit_after_undoing_cannot_be_redone_over():
    draft = OutlineDraft.of(HOLED)
    first, second = draft.moved(VertexPlace(0, 0, 0), (-1, -1)), draft.moved(VertexPlace(0, 0, 0), (-2, -2))
    history = EditHistory((draft,)).then(first).undo().then(second)
    assert history.redo().present == second
    assert history.undo().present == draft


def test_an_edit_that_changes_nothing_is_none():
    history = EditHistory((OutlineDraft.of(HOLED),))
    assert history.then(history.present) is history


@pytest.mark.parametrize(
    ("ring", "is_sound"),
    [
        ([(0, 0), (4, 0), (4, 4), (0, 4)], True),
        ([(0, 0), (4, 4), (4, 0), (0, 4)], False),  # crosses itself
        ([(0, 0), (4, 0), (2, 0)], False),  # no ground inside
        ([(0, 0), (4, 0), (4, 4), (2, 0), (0, 4)], False),  # touches itself
    ],
)
def test_what_can_be_kept(ring, is_sound):
    assert OutlineDraft.of(shapely.Polygon(ring)).is_sound is is_sound


def test_a_hole_must_stay_inside():
    draft = OutlineDraft.of(HOLED)
    assert not draft.moved(VertexPlace(0, 1, 0), (-3, -3)).is_sound


def test_parts_must_not_overlap():
    assert not OutlineDraft.of(PARTS).moved(VertexPlace(1, 0, 0), (5, 5)).is_sound


@few
@given(drafts, point, st.floats(0, 1e7))
def test_the_nearest_vertex_is_within_reach_and_none_is_nearer(draft, to, within):
    found = nearest(draft.vertices, to, within)
    distances = [math.dist(at, to) for _, at in draft.vertices]
    if found is None:
        assert min(distances) > within
    else:
        assert math.dist(draft.at(found), to) == min(distances) <= within
