"""Painting the whole village on a canvas."""

from village.canvas import Canvas
from village.paint_ground import paint_ground
from village.paint_roofs import paint_building
from village.paint_things import FLAT_KINDS, paint_thing
from village.paint_trees import paint_tree
from village.scene import Village


def paint_village(canvas: Canvas, village: Village, date: int) -> None:
    """Everything of a date (0 before, 1 after), from the ground up."""
    paint_ground(canvas, village, date)
    for thing in sorted(village.things, key=lambda t: t.kind not in FLAT_KINDS):
        paint_thing(canvas, thing, date)
    for building in village.buildings:
        paint_building(canvas, building, date)
    for tree in village.trees:
        paint_tree(canvas, tree, date)
