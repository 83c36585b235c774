"""The map has what the workspace has, reads again only what changed, and keeps what the user has set."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject
from shapely.affinity import translate

from gui.flown_village import BLUE, add_finding, fly, make_village
from weijian.domain.change_set import ChangeSet, Done, Part
from weijian.domain.errors import FileMissing
from weijian.domain.finding import ReviewStatus
from weijian.qt.map.layers import LayerStack, Side
from weijian.qt.map.workspace_layers import WorkspaceLayers
from weijian.services.map_rasters import OverviewsMissing
from weijian.services.surveys import add_survey, remove_survey, rename_survey
from weijian.storage.workspace import open_workspace

USUAL = [
    *("findings", "buildings", "permits", "parcels"),
    *("survey/2/ortho", "survey/1/ortho", "survey/2/dsm"),
]


@pytest.fixture
def village(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    return make_village(tmp_path_factory.getbasetemp(), tmp_path)


@pytest.fixture
def opened(desk, settle):
    window = QObject()

    def open_layers() -> WorkspaceLayers:
        layers = WorkspaceLayers(desk, LayerStack(window), window)
        settle()
        return layers

    yield open_layers
    shiboken6.delete(window)  # here and now: what has timers must not be collected in another thread


@pytest.fixture
def layers(opened):
    return opened()


def keys(layers: WorkspaceLayers) -> list[str]:
    return [layer.key for layer in layers.stack.layers]


def shown(layers: WorkspaceLayers) -> set[str]:
    return {layer.key for layer in layers.stack.layers if layer.visible}


def counted(layers: WorkspaceLayers) -> list[int]:
    """How often the stack has changed from now on."""
    changes: list[int] = []
    layers.stack.changed.connect(lambda: changes.append(1))
    return changes


def test_everything_has_its_place_at_first(layers):
    assert keys(layers) == USUAL
    assert shown(layers) == {"findings", "buildings", "parcels", "survey/1/ortho", "survey/2/ortho"}
    assert layers.pair == (1, 2)
    sides = {layer.key: layer.side for layer in layers.stack.layers}
    assert (sides["survey/1/ortho"], sides["survey/2/ortho"], sides["findings"]) == (
        Side.BEFORE,
        Side.AFTER,
        Side.BOTH,
    )


def test_an_answer_that_says_the_same_changes_nothing(desk, layers, settle):
    changes = counted(layers)
    told = []
    layers.surveys_changed.connect(lambda: told.append(1))
    desk.jobs.changed.emit(ChangeSet(frozenset(Part)))
    settle()
    layers.look_again()
    settle()
    assert (changes, told) == ([], [])


def test_only_what_was_touched_is_read_again(desk, village, layers, settle):
    before = {layer.key: layer.source for layer in layers.stack.layers}
    changes = counted(layers)
    add_finding(village, 3)
    desk.jobs.changed.emit(ChangeSet(frozenset({Part.ZONES})))
    settle()
    assert changes == []
    desk.jobs.changed.emit(ChangeSet(frozenset({Part.FINDINGS})))
    settle()
    after = {layer.key: layer.source for layer in layers.stack.layers}
    assert [key for key in before if before[key] != after[key]] == ["findings"]
    assert len(after["findings"].shapes.outlines.numbers) == 3
    assert changes == [1]


def test_a_review_draws_the_findings_anew(desk, village, layers, settle):
    def confirm() -> Done[None]:
        with open_workspace(village) as workspace, workspace.transaction("test", "review") as work:
            work.findings.set_review("T20251028-1-0001", ReviewStatus.CONFIRMED)
            return Done(None, work.changes)

    source = layers.stack.get("findings").source
    desk.jobs.keep(layers, confirm)
    settle()
    settle()
    assert layers.stack.get("findings").source != source


def test_an_outline_that_was_edited_is_drawn_anew(desk, village, layers, settle):
    source = layers.stack.get("findings").source
    with open_workspace(village) as workspace, workspace.transaction("test", "edit") as work:
        state = work.findings.review_state("T20251028-1-0001")
        moved = replace(state, geometry=translate(state.geometry, 0.5, 0.0))
        work.findings.set_review_state("T20251028-1-0001", moved)
    desk.jobs.changed.emit(ChangeSet(frozenset({Part.FINDINGS})))
    settle()
    assert layers.stack.get("findings").source != source


def test_a_part_that_is_emptied_leaves_the_map(desk, village, layers, settle):
    with open_workspace(village) as workspace, workspace.transaction("test", "discard") as work:
        work.findings.discard_open(1, 2)
    desk.jobs.changed.emit(ChangeSet(frozenset({Part.FINDINGS})))
    settle()
    assert "findings" not in keys(layers)


def test_another_pair_changes_sides_and_shows_what_is_compared(desk, village, layers, settle):
    oldest = fly(village, date(2020, 1, 1), BLUE)
    desk.jobs.changed.emit(ChangeSet(frozenset({Part.SURVEYS})))
    settle()
    assert layers.pair == (1, 2)
    assert "survey/3/ortho" not in shown(layers)
    layers.set_pair(oldest.survey_id, 2)
    settle()
    assert {"survey/3/ortho", "survey/2/ortho"} <= shown(layers)
    assert "survey/1/ortho" not in shown(layers)
    assert layers.stack.get("survey/3/ortho").side is Side.BEFORE
    assert layers.stack.get("survey/1/ortho").side is Side.BOTH
    layers.set_pair(2, oldest.survey_id)
    settle()
    assert layers.stack.get("survey/3/ortho").side is Side.AFTER
    assert layers.stack.get("survey/2/ortho").side is Side.BEFORE


def test_a_newer_survey_is_what_is_compared_next(desk, layers, settle, village):
    ortho = village / "flights" / "2025-10-28_dom.tif"
    desk.jobs.keep(layers, partial(add_survey, desk.folder, flown_on=date(2026, 3, 1), ortho=ortho))
    settle()
    settle()
    assert layers.pair == (2, 3)
    assert "survey/3/ortho" in shown(layers)
    assert "survey/1/ortho" not in shown(layers)


def test_a_removed_survey_leaves_the_map_and_the_archive_stands_in(desk, village, layers, settle):
    with open_workspace(village) as workspace, workspace.transaction("test", "discard") as work:
        work.findings.discard_open(1, 2)
    desk.jobs.keep(layers, partial(remove_survey, village, 1))
    settle()
    settle()
    assert layers.pair == (None, 2)
    assert "survey/1/ortho" not in keys(layers)


def test_a_new_name_is_shown_and_nothing_is_drawn_again(desk, village, layers, settle):
    source = layers.stack.get("survey/1/ortho").source
    desk.jobs.keep(layers, partial(rename_survey, village, 1, "春季"))
    settle()
    settle()
    assert "春季" in layers.stack.get("survey/1/ortho").title
    assert layers.stack.get("survey/1/ortho").source is source or layers.stack.get("survey/1/ortho").source == source


def test_what_the_user_has_set_is_there_the_next_time(layers, opened, settle):
    layers.stack.alter("permits", visible=True)
    layers.stack.alter("survey/1/ortho", visible=False)
    layers.stack.alter("parcels", opacity=0.4)
    layers.set_style("findings", "review")
    layers.stack.move("parcels", 1)
    layers.stack.move("survey/2/dsm", 4)
    layers.set_pair(None, 2)
    settle()
    layers.keep()
    again = opened()
    assert again.pair == (None, 2)
    assert keys(again) == keys(layers)
    assert keys(again)[1] == "parcels"
    for former in layers.stack.layers:
        layer = again.stack.get(former.key)
        assert (layer.visible, layer.opacity, layer.style) == (former.visible, former.opacity, former.style)
    assert again.stack.get("findings").source.style == "review"


def test_a_workspace_knows_only_its_own_settings(desk, layers, settle):
    layers.stack.alter("permits", visible=True)
    layers.keep()
    assert "permits" in desk.settings.text(layers._name())
    assert str(desk.folder) not in layers._name()


def test_damaged_settings_are_as_good_as_none(desk, layers, opened):
    desk.settings.set_text(layers._name(), "{not json")
    assert keys(opened()) == USUAL


def test_a_file_that_is_gone_is_told_until_it_is_back(tmp_path, layers, settle, village):
    ortho = village / "flights" / "2024-04-16_dom.tif"
    away = ortho.rename(tmp_path / "away.tif")
    layers.report_trouble("survey/1/ortho", FileMissing(path=ortho))  # what a tile says that cannot be drawn
    assert str(ortho) in layers.stack.get("survey/1/ortho").problem
    layers.look_again()
    settle()
    assert layers.stack.get("survey/1/ortho").source is None
    assert isinstance(layers.trouble("survey/1/ortho"), FileMissing)
    away.rename(ortho)
    layers.look_again()
    settle()
    layer = layers.stack.get("survey/1/ortho")
    assert (layer.problem, layer.visible, layer.side) == (None, True, Side.BEFORE)
    assert layers.trouble("survey/1/ortho") is None


def test_missing_overviews_are_told_until_there_are_some(layers, settle, tmp_path):
    error = OverviewsMissing(path=tmp_path / "large.tif")
    layers.report_trouble("survey/1/ortho", error)
    layers.look_again()
    settle()
    assert layers.trouble("survey/1/ortho") is error
    assert layers.stack.get("survey/1/ortho").problem is not None
