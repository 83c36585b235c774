"""Every value of the domain has its look in each style, and looks differ by more than their colour."""

import pytest
from PySide6.QtCore import QSize

from weijian.domain.finding import ChangeType, PermitStatus, ReviewStatus
from weijian.domain.permit import PermitKind
from weijian.domain.stage import Stage
from weijian.domain.zone import ZoneKind
from weijian.qt.map.legend import HEIGHT, WIDTH, legend_of
from weijian.qt.map.styles import style_of, styles_for
from weijian.services.outlines import PARTS

pytestmark = pytest.mark.usefixtures("qapp")

VALUES = [
    ("findings", "change_type", ChangeType, False),
    ("findings", "permit_status", PermitStatus, True),
    ("findings", "review", ReviewStatus, False),
    ("permits", "kind", PermitKind, True),
    ("zones", "kind", ZoneKind, False),
]
EVERY_STYLE = [(part.value, choice) for part in PARTS for choice in ("", *(s.key for s in styles_for(part.value)))]


@pytest.mark.parametrize(("layer", "key", "values", "may_be_unknown"), VALUES)
def test_every_value_has_its_own_class(layer, key, values, may_be_unknown):
    style = style_of(layer, key)
    assert style.key == key
    places = [style.class_at(value) for value in values]
    assert [style.classes[place].name for place in places] == list(values)
    if may_be_unknown:
        assert style.class_at(None) not in places


@pytest.mark.parametrize(("layer", "key"), [("findings", "stage"), ("cases", "stage")])
def test_every_stage_has_a_class(layer, key):
    style = style_of(layer, key)
    found = {stage: style.classes[style.class_at(stage)].key for stage in Stage}
    assert "" not in found.values()
    assert found[Stage.LEAD] == "early"
    assert found[Stage.DECISION] == "decided"
    assert found[Stage.CLOSED] == "closed"
    assert found[Stage.DEFERRED] == "aside"


def test_a_finding_without_a_case_is_told_from_one_with():
    style = style_of("findings", "stage")
    assert style.classes[style.class_at(None)].title == "No case"


@pytest.mark.parametrize(
    ("storeys", "title"),
    [(1, "1 storey"), (3, "3 storeys"), (4, "4 storeys or more"), (17, "4 storeys or more"), (None, "not known"),
     (0, "not known")],
)  # fmt: skip
def test_storeys_are_put_together_from_four(storeys, title):
    style = style_of("buildings", "storeys")
    assert title in style.classes[style.class_at(storeys)].title


@pytest.mark.parametrize(("layer", "key"), EVERY_STYLE)
def test_classes_differ_by_more_than_colour(layer, key):
    looks = [each.look for each in style_of(layer, key).classes]
    assert len({(bool(look.fill), look.width, look.dash, look.hatch) for look in looks}) == len(looks)


@pytest.mark.parametrize(("layer", "key"), EVERY_STYLE)
def test_a_legend_names_each_class_with_a_sample(layer, key):
    legend = legend_of(layer, key)
    assert [line.key for line in legend] == [each.key for each in style_of(layer, key).classes]
    assert all(line.title for line in legend)
    assert len({line.title for line in legend}) == len(legend)
    for line in legend:
        drawn = line.icon.pixmap(QSize(WIDTH, HEIGHT)).toImage()
        assert (drawn.width(), drawn.height()) == (WIDTH, HEIGHT)
        assert drawn.pixelColor(WIDTH // 2, 3).alpha() + drawn.pixelColor(4, HEIGHT // 2).alpha() > 0
        assert drawn.pixelColor(0, 0).alpha() < 20


def test_samples_of_a_legend_can_be_told_apart():
    samples = [line.icon.pixmap(QSize(WIDTH, HEIGHT)).toImage() for line in legend_of("findings", "change_type")]
    assert all(samples[n] != samples[m] for n in range(5) for m in range(n))


def test_an_unknown_style_is_the_usual_one():
    assert style_of("findings", "gone").key == styles_for("findings")[0].key == "change_type"


def test_what_is_no_layer_of_outlines_has_no_styles():
    assert styles_for("survey/1/ortho") == ()
    with pytest.raises(KeyError):
        style_of("survey/1/ortho", "")
