import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from unit.services.made import AFTER, BEFORE, OLD_HOUSES, building, finding, household, parcel, permit, place
from weijian.domain.errors import DocumentFieldMissing, EndingUnknown, NotFound, StructureTooLarge, TargetUnwritable
from weijian.domain.finding import ChangeType, PermitStatus
from weijian.domain.permit import PermitKind
from weijian.imagery.shift import ShiftField
from weijian.publish.order_rules import load_order_rules
from weijian.publish.order_sheet import OrderMapSheet
from weijian.publish.paper import PAGES
from weijian.services.alignments import Placement, keep_placement
from weijian.services.cases import open_case
from weijian.services.papers import (
    OrderUnfounded,
    StandingOutlineUnknown,
    _violation,
    export_order_document,
    export_order_map,
    order_map_sheet,
)
from weijian.services.settings import change_settings
from weijian.storage.workspace import open_workspace

Keep = Callable[..., Path]
ON = date(2025, 11, 10)
RULES = load_order_rules()
A4 = PAGES["A4-landscape"]


@pytest.fixture
def folder(keep: Keep) -> Path:
    """A workspace with one case."""
    return with_case(keep)


def with_case(keep: Keep, *, before: int | None = 1, permits: tuple[object, ...] = (), **others: object) -> Path:
    archive = {"parcels": [parcel()], "buildings": [building(1)], "permits": list(permits)}
    folder = keep(finding(**others), before=before, households=[household()], **archive)
    open_case(folder, finding().finding_no, ("甲", "乙"), date(2025, 11, 3))
    return folder


def sheet(folder: Path, scale: int | None = 500) -> OrderMapSheet:
    with open_workspace(folder) as workspace:
        return order_map_sheet(workspace, "1", A4, scale, ON)


def order(folder: Path, path: Path, on: date = ON) -> str:
    """Text of the order."""
    export_order_document(folder, "1", path, rules=RULES, on=on)
    with zipfile.ZipFile(path) as document:
        return re.sub(r"<[^>]+>", "", document.read("word/document.xml").decode())


def issued(folder: Path) -> list[str]:
    with open_workspace(folder) as workspace, workspace.read() as work:
        return [document.document_no for document in work.cases.documents("2025案0001")]


def test_the_sheet_states_what_the_case_knows(folder: Path) -> None:
    made = sheet(folder)
    assert (made.case_no, made.bureau) == ("2025案0001", "样例区综合行政执法局")
    assert (made.place, made.party, made.household_no, made.parcel_no) == ("青石镇石桥村12号", "张三", "H1", "P1")
    assert (made.area_m2, made.area_sigma_m2, made.height_change_m, made.height_sigma_m) == (120.0, 3.0, 6.0, 0.1)
    assert made.structures == (finding().geometry,)
    assert made.parcels == (parcel().geometry,)
    assert made.archive == (building(1).geometry,)
    assert (made.epsg, made.scale, made.page, made.drawn_on, made.drawn_by) == (4549, 500, A4, ON, "甲")
    assert "中央子午线120°" in made.crs_name
    assert (made.before.flown_on, made.after.flown_on) == (BEFORE, AFTER)
    assert made.before.bounds == made.after.bounds
    assert made.after.gsd_m == 0.25
    assert made.after.source.count("（") == made.after.source.count("）") == 1
    row, column = (size // 2 for size in made.after.rgb.shape[:2])
    centre = made.after.rgb[row - 2 : row + 2, column - 2 : column + 2].mean(axis=(0, 1))
    assert centre == pytest.approx((80, 120, 178), abs=8)  # the roof of the new house


def test_of_a_rebuilt_house_only_what_stands_is_ordered_down(keep: Keep, tmp_path: Path) -> None:
    stands = place(20, 20, 28, 30)
    folder = with_case(keep, change_type=ChangeType.REBUILT, after_outline=stands)
    made = sheet(folder)
    assert made.structures[0].equals(stands)
    assert made.area_m2 == pytest.approx(80.0)
    assert "80.0" in order(folder, tmp_path / "决定书.docx")


def test_old_and_new_ground_together_are_not_ordered_down(keep: Keep, tmp_path: Path) -> None:
    folder = with_case(keep, change_type=ChangeType.REBUILT)
    with pytest.raises(StandingOutlineUnknown):
        order(folder, tmp_path / "决定书.docx")
    assert issued(folder) == []


def test_the_scale_is_chosen_when_none_is_asked(folder: Path) -> None:
    assert sheet(folder, None).scale in (100, 200, 250, 500)
    with pytest.raises(StructureTooLarge):
        sheet(folder, 50)


def test_the_earlier_picture_lies_where_the_later_shows_the_ground(folder: Path) -> None:
    straight = sheet(folder).before.rgb
    with open_workspace(folder) as workspace, workspace.transaction("test", "shift") as work:
        keep_placement(work, 1, 2, Placement(ShiftField.constant(-22.0, -22.0)))  # there, an old house stood
    moved = sheet(folder).before.rgb
    middle = (slice(moved.shape[0] // 2 - 2, moved.shape[0] // 2 + 2), slice(moved.shape[1] // 2 - 2, None))
    assert moved[middle][:, :4].mean(axis=(0, 1)) == pytest.approx((176, 88, 70), abs=8)
    assert straight[middle][:, :4].mean(axis=(0, 1)) != pytest.approx((176, 88, 70), abs=8)
    assert OLD_HOUSES[0] == (8, 8, 18, 20)


def test_without_an_earlier_survey_there_is_one_picture(keep: Keep) -> None:
    assert sheet(with_case(keep, before=None)).before is None


@pytest.mark.parametrize("ending", [".pdf", ".PNG"])
def test_a_map_is_written_by_its_ending(folder: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"图{ending}"
    assert export_order_map(folder, "1", path, page=A4, scale=500, on=ON) == path
    assert path.stat().st_size > 10_000


def test_endings_nobody_writes(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(EndingUnknown):
        export_order_map(folder, "1", tmp_path / "图.svg", page=A4, scale=500, on=ON)
    with pytest.raises(EndingUnknown):
        export_order_document(folder, "1", tmp_path / "决定书.doc", rules=RULES, on=ON)
    assert issued(folder) == []


def test_a_case_that_is_not_there(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        export_order_map(folder, "7", tmp_path / "图.pdf", page=A4, scale=500, on=ON)


def test_the_order_names_party_facts_and_law(folder: Path, tmp_path: Path) -> None:
    text = order(folder, tmp_path / "决定书.docx")
    for words in (
        "张三",
        "青石镇石桥村12号",
        "未取得规划许可，擅自新增建筑物一处",
        "违拆决字〔2025〕1号",
        "120.0",
        "人民法院",
    ):
        assert words in text
    assert issued(folder) == ["违拆决字〔2025〕1号"]


@pytest.mark.parametrize(
    ("settings", "kind", "article"),
    [
        ([], None, "第六十五条"),
        (["planning_area=village"], PermitKind.RURAL, "第六十五条"),
        (["planning_area=town"], PermitKind.WORKS, "第六十四条"),
        (["planning_area=town"], PermitKind.TEMPORARY, "第六十六条"),
        ([], PermitKind.TEMPORARY, "第六十六条"),
    ],
)
def test_the_basis_is_that_of_village_town_or_temporary_building(
    keep: Keep, tmp_path: Path, settings: list[str], kind: PermitKind | None, article: str
) -> None:
    permits = () if kind is None else (permit(kind=kind),)
    folder = with_case(keep, permits=permits, permit_no=None if kind is None else "X1")
    change_settings(folder, settings)
    text = order(folder, tmp_path / "决定书.docx")
    assert set(re.findall(r"第六十[四五六]条", text)) == {article}


def test_issued_again_an_order_keeps_number_and_day(folder: Path, tmp_path: Path) -> None:
    order(folder, tmp_path / "a.docx")
    change_settings(folder, ["document_mark=新字"])
    text = order(folder, tmp_path / "b.docx", on=date(2026, 3, 1))
    assert "违拆决字〔2025〕1号" in text
    assert "2025年11月10日" in text
    assert issued(folder) == ["违拆决字〔2025〕1号"]


def test_the_map_bears_the_number_of_the_order(folder: Path, tmp_path: Path) -> None:
    assert sheet(folder).document_no is None
    order(folder, tmp_path / "a.docx")
    assert sheet(folder).document_no == "违拆决字〔2025〕1号"


@pytest.mark.parametrize("status", [PermitStatus.PERMITTED, PermitStatus.UNKNOWN, None])
def test_what_is_not_known_to_be_unlawful_is_not_ordered_down(
    keep: Keep, tmp_path: Path, status: PermitStatus | None
) -> None:
    folder = keep(finding(permit_status=status))
    open_case(folder, finding().finding_no, ("甲", "乙"), date(2025, 11, 3))
    with pytest.raises(OrderUnfounded):
        order(folder, tmp_path / "决定书.docx")
    assert issued(folder) == []


def test_an_order_that_is_not_written_uses_no_number(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TargetUnwritable):
        order(folder, tmp_path / "file" / "决定书.docx")
    assert issued(folder) == []
    change_settings(folder, ["court="])
    with pytest.raises(DocumentFieldMissing) as refusal:
        order(folder, tmp_path / "决定书.docx")
    assert "法院" in refusal.value.sentence("zh")
    change_settings(folder, ["court=样例区人民法院"])
    assert "〔2025〕1号" in order(folder, tmp_path / "决定书.docx")


def test_an_order_without_a_party_is_refused(keep: Keep, tmp_path: Path) -> None:
    folder = keep(finding(household_no=None, parcel_no=None))
    open_case(folder, finding().finding_no, ("甲", "乙"), date(2025, 11, 3))
    with pytest.raises(DocumentFieldMissing):
        order(folder, tmp_path / "决定书.docx")
    assert not (tmp_path / "决定书.docx").exists()


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ((finding(),), "未取得规划许可，擅自新增建筑物一处"),
        ((finding(permit_status=PermitStatus.EXPIRED),), "在规划许可已经到期的情况下，擅自新增建筑物一处"),
        (
            (
                finding(permit_status=PermitStatus.EXCEEDS_PERMIT, change_type=ChangeType.RAISED),
                finding(2, change_type=ChangeType.EXTENDED),
                finding(3, change_type=ChangeType.RAISED),
            ),
            "未按照规划许可的内容，擅自加层、扩建建筑物三处",
        ),
        (tuple(finding(n) for n in range(10)), "未取得规划许可，擅自新增建筑物十处"),
        (tuple(finding(n) for n in range(11)), "未取得规划许可，擅自新增建筑物11处"),
    ],
)
def test_what_the_party_did(findings: tuple[object, ...], words: str) -> None:
    assert _violation(findings) == words


def test_areas_of_several_structures_add_up(keep: Keep) -> None:
    folder = keep(
        finding(1, area_m2=30.0, area_sigma_m2=3.0),
        finding(2, area_m2=40.0, area_sigma_m2=4.0, geometry=place(44, 30, 48, 40)),
    )
    case = open_case(folder, finding().finding_no, ("甲", "乙"), ON).value
    with open_workspace(folder) as workspace, workspace.transaction("test", "join") as work:
        work.cases.update(replace(case, finding_nos=(finding(1).finding_no, finding(2).finding_no)))
    made = sheet(folder)
    assert (made.area_m2, made.area_sigma_m2) == (70.0, 5.0)
    assert len(made.structures) == 2
