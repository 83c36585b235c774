"""The whole village, put together from its parts."""

from shapely import LineString, union_all
from shapely.geometry.base import BaseGeometry

from village import plan_changes, plan_green, plan_houses, plan_land, plan_things, plan_trees
from village.scene import Thing, Village


def plan_village(seed: int) -> Village:
    """Everything that stands and grows at both dates; the same seed gives the same village."""
    ways = plan_land.ways(seed)
    course, pool = plan_land.river(), plan_land.pond()
    bed = LineString(course).buffer(plan_land.RIVER_HALF + 1)
    lots = plan_land.lots(seed, ways, (bed, pool))
    works = plan_changes.carry_out(seed, lots, plan_houses.buildings(seed, lots))
    buildings = tuple(works.buildings.values())
    things = plan_things.things(seed, ways, lots, buildings)
    return Village(
        seed=seed,
        size=plan_land.SIZE,
        lots=lots,
        buildings=buildings,
        trees=plan_trees.trees(seed, ways, (course, pool), lots, buildings),
        things=(*works.things, *off_new_paving(things, works.things)),
        fields=plan_green.fields(seed, ways, lots),
        ways=ways,
        river=course,
        pond=pool,
        changes=tuple(works.changes),
    )


def off_new_paving(things: tuple[Thing, ...], works: list[Thing]) -> list[Thing]:
    """Things that do not lie in the rubble of a demolished building."""
    sites: BaseGeometry = union_all([t.outline for t in works])
    return [t for t in things if not sites.intersects(t.outline)]
