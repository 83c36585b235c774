import ezdxf
import pytest
import shapely

from unit.cadastre.made import EAST, NORTH, square
from weijian.cadastre import errors
from weijian.cadastre.checks import check_table
from weijian.cadastre.faults import Why
from weijian.cadastre.mapping import guess
from weijian.cadastre.reader import layer_names, read_table
from weijian.cadastre.records import buildings
from weijian.cadastre.storey_text import HouseNote, house_note
from weijian.domain.errors import FileUnreadable


@pytest.fixture
def drawing():
    """A drawing as CASS saves it: R2000, GBK."""
    made = ezdxf.new("R2000")
    made.encoding = "gbk"
    made.header["$DWGCODEPAGE"] = "ANSI_936"
    made.appids.add("SOUTH")
    return made


def draw(drawing, shape, layer="JMD", south=(), closed=True, **others):
    corners = shapely.get_coordinates(shape)[: -1 if closed else None]
    line = drawing.modelspace().add_lwpolyline(corners, close=closed, dxfattribs={"layer": layer, **others})
    if south:
        line.set_xdata("SOUTH", [(1000, text) for text in south])
    return line


def write(drawing, text, east, north, layer="JMD"):
    drawing.modelspace().add_text(
        text, dxfattribs={"layer": layer, "height": 1, "insert": (EAST + east, NORTH + north)}
    )


def saved(drawing, path):
    drawing.saveas(path)
    return path


def test_houses_with_their_notes(tmp_path, drawing):
    for i, note in enumerate(["砖3", "混2", "B"]):
        draw(drawing, square(20 * i), south=("141101",))
        write(drawing, note, 20 * i + 4, 4)
    write(drawing, "村委会", 4, 7)
    write(drawing, "外面", 500, 4)
    path = saved(drawing, tmp_path / "石桥.dxf")
    assert "砖3".encode("gbk") in path.read_bytes()
    table = read_table(path)
    assert table.columns["结构"].tolist() == ["砖", "混", "B"]
    assert table.columns["层数"].tolist() == ["3", "2", None]
    assert table.columns["注记"].tolist() == ["村委会", None, None]
    assert table.columns["编码"].tolist() == ["141101"] * 3
    assert (table.layer, str(table.encoding), table.crs) == ("JMD", "GBK", None)
    assert [g.equals(square(20 * i)) for i, g in enumerate(table.geometry)] == [True] * 3
    found = buildings(read_table(path, crs="EPSG:4549"), guess(table, "buildings"), "EPSG:4549")
    assert [(b.structure, b.storeys) for b in found.values] == [("砖", 3), ("混", 2), ("B", None)]
    assert all(b.building_no.startswith("石桥-") for b in found.values)


def test_a_note_belongs_to_the_smallest_outline(tmp_path, drawing):
    draw(drawing, square(side=50))
    draw(drawing, square(2, 2, 6))
    write(drawing, "砼2", 3, 4)
    write(drawing, "砖1", 30, 30)
    assert read_table(saved(drawing, tmp_path / "a.dxf")).columns["结构"].tolist() == ["砖", "砼"]


def test_parcels_with_what_cass_keeps_of_them(tmp_path, drawing):
    draw(drawing, square(side=30), "JZD", south=("300000", "330127104003JC00086", "李明", "0702"))
    draw(drawing, square(), "JMD")
    write(drawing, "砖2", 4, 4)
    path = saved(drawing, tmp_path / "a.dxf")
    assert set(layer_names(path)) == {"JZD", "JMD"}
    table = read_table(path, wanted=("jzd",))
    assert (table.columns["宗地号"][0], table.columns["权利人"][0]) == ("330127104003JC00086", "李明")
    assert guess(table, "parcels").columns == {"parcel_no": "宗地号", "holder": "权利人"}
    with pytest.raises(errors.LayerUnnamed):
        read_table(path)


def test_polylines_that_are_not_closed_are_told(tmp_path, drawing):
    draw(drawing, square())
    open_line = shapely.LineString(shapely.get_coordinates(square(20))[:4])
    draw(drawing, open_line, closed=False)
    draw(drawing, shapely.LineString(shapely.get_coordinates(square(40))), closed=False)
    drawing.modelspace().add_line((0, 0), (1, 1), dxfattribs={"layer": "JMD"})
    table = read_table(saved(drawing, tmp_path / "a.dxf"))
    assert [g is None for g in table.geometry] == [False, True, False]
    told = [(f.row, f.why, f.other) for f in table.faults]
    assert told == [(2, Why.UNCLOSED, "10.000"), (None, Why.STROKES_LEFT, "1")]
    assert sum(f.row == 2 for f in check_table(table)) == 1


def test_old_polylines_arcs_and_heights(tmp_path, drawing):
    space = drawing.modelspace()
    space.add_polyline2d(shapely.get_coordinates(square())[:4], close=True, dxfattribs={"layer": "JMD"})
    corners = [(e, n, 5.0) for e, n in shapely.get_coordinates(square(20))[:4]]
    space.add_polyline3d(corners, close=True, dxfattribs={"layer": "JMD"})
    half_circles = [(EAST + 40, NORTH, 1.0), (EAST + 50, NORTH, 1.0)]
    space.add_lwpolyline(half_circles, format="xyb", close=True, dxfattribs={"layer": "JMD"})
    table = read_table(saved(drawing, tmp_path / "a.dxf"))
    assert table.geometry[0].equals(square())
    assert table.geometry[1].equals(square(20))
    assert table.geometry[2].area == pytest.approx(3.14159 * 25, rel=0.01)


@pytest.mark.parametrize("stated", ["ANSI_1252", "ANSI_936"])
def test_a_code_page_that_lies(tmp_path, drawing, stated):
    draw(drawing, square())
    write(drawing, "砖混3", 4, 4)
    write(drawing, "石桥村农村房屋", 4, 7)
    path = saved(drawing, tmp_path / "a.dxf")
    path.write_bytes(path.read_bytes().replace(b"ANSI_936", stated.encode()))
    table = read_table(path)
    assert (table.columns["结构"][0], table.columns["注记"][0]) == ("砖混", "石桥村农村房屋")


def test_a_newer_drawing_is_utf8(tmp_path):
    made = ezdxf.new("R2010")
    draw(made, square())
    write(made, "砼12", 4, 4)
    assert read_table(saved(made, tmp_path / "a.dxf")).columns["层数"].tolist() == ["12"]


@pytest.mark.parametrize("content", [b"", b"junk", b"  0\nSECTION\n", b"\x89PNG\r\n\x1a\n" + bytes(100)])
def test_what_is_no_drawing(tmp_path, content):
    path = tmp_path / "a.dxf"
    path.write_bytes(content)
    with pytest.raises((FileUnreadable, errors.EncodingUndecided)):
        read_table(path)


def test_a_cut_drawing(tmp_path, drawing):
    draw(drawing, square())
    path = saved(drawing, tmp_path / "a.dxf")
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(FileUnreadable):
        read_table(path)


@pytest.mark.parametrize(
    ("text", "structure", "storeys"),
    [
        ("砖3", "砖", 3), ("混2", "混", 2), ("B", "B", None), ("钢混12", "钢混", 12), ("砼5-2", "砼", 5),
        ("3", None, 3),
        ("砖混3+1", "砖混", 3), ("破", "破", None), ("混２", "混", 2), ("砖 2层", "砖", 2), ("简(1)", "简", None),
    ],
)  # fmt: skip
def test_notes(text, structure, storeys):
    assert house_note(text) == HouseNote(structure, storeys)


@pytest.mark.parametrize("text", ["村委会", "", "2024-05-01", "砖厂", "0", "888", "石桥村"])
def test_other_texts(text):
    assert house_note(text) is None


NOTES = {
    "砖3": ("砖", "3"), "混2": ("混", "2"), "砼5": ("砼", "5"), "钢1": ("钢", "1"), "简": ("简", None),
    "棚": ("棚", None), "破": ("破", None),
    "建": ("建", None), "砖混3-1": ("砖混", "3"), "建（破）": ("建", None), "Ｂ２": ("B", "2"),
}  # fmt: skip


@pytest.mark.parametrize("version", ["R12", "R2000", "R2004", "R2007", "R2010", "R2018"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_every_version_that_drawings_are_saved_in(tmp_path, version, ending):
    made = ezdxf.new(version)
    made.encoding = "gbk"
    space = made.modelspace()
    for i in range(len(NOTES)):
        corners = shapely.get_coordinates(square(20 * i)).tolist()
        closed = i % 2 == 0  # the others end where they began, and do not say that they are closed
        points = corners[:-1] if closed else corners
        if version == "R12":
            space.add_polyline2d(points, close=closed, dxfattribs={"layer": "JMD"})
        else:
            space.add_lwpolyline(points, close=closed, dxfattribs={"layer": "JMD"})
    for i, note in enumerate(NOTES):
        write(made, note, 20 * i + 3, 4)
    path = saved(made, tmp_path / "a.dxf")
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", ending))
    table = read_table(path)
    assert list(zip(table.columns["结构"], table.columns["层数"], strict=True)) == list(NOTES.values())
    assert [g.equals(square(20 * i)) for i, g in enumerate(table.geometry)] == [True] * len(NOTES)
    assert table.faults == ()
    assert str(table.encoding) == ("GBK" if version in ("R12", "R2000", "R2004") else "UTF-8")


@pytest.mark.parametrize("written", [r"\U+78163", r"\M+5D7A93", "%%u砖3%%u", "砖\\U+0033"])
def test_signs_that_drawing_programs_write_for_characters(tmp_path, drawing, written):
    draw(drawing, square())
    write(drawing, written, 4, 4)
    table = read_table(saved(drawing, tmp_path / "a.dxf"))
    assert (table.columns["结构"][0], table.columns["层数"][0]) == ("砖", "3")


def test_a_paragraph_and_texts_that_are_aligned_or_turned(tmp_path, drawing):
    space = drawing.modelspace()
    for i in range(4):
        draw(drawing, square(20 * i))
    space.add_mtext(r"{\fSimSun;混}\P2", dxfattribs={"layer": "JMD", "insert": (EAST + 3, NORTH + 8), "char_height": 1})
    centred = space.add_text("砖3", dxfattribs={"layer": "JMD", "height": 2, "insert": (0, 0), "halign": 1})
    centred.dxf.align_point = (EAST + 25, NORTH + 5)
    turned = {"layer": "JMD", "height": 4, "rotation": 90, "insert": (EAST + 52, NORTH - 1)}
    space.add_text("简易", dxfattribs=turned)
    mirrored = {"layer": "JMD", "height": 1, "insert": (-EAST - 65, NORTH + 5), "extrusion": (0, 0, -1)}
    space.add_text("砼5", dxfattribs=mirrored)
    table = read_table(saved(drawing, tmp_path / "a.dxf"))
    assert table.columns["结构"].tolist() == ["混", "砖", "简易", "砼"]
    assert table.columns["层数"].tolist() == ["2", "3", None, "5"]


def test_outlines_that_are_mirrored_on_paper_or_no_outlines(tmp_path, drawing):
    mirrored = shapely.transform(square(), lambda points: points * (-1, 1))
    draw(drawing, mirrored, extrusion=(0, 0, -1))
    sheet = drawing.layout("Layout1")
    sheet.add_lwpolyline(shapely.get_coordinates(square(20)), close=True, dxfattribs={"layer": "JMD"})
    space = drawing.modelspace()
    space.add_polymesh((3, 3), dxfattribs={"layer": "JMD"})
    space.add_3dface([(EAST, NORTH), (EAST + 1, NORTH), (EAST + 1, NORTH + 1)], dxfattribs={"layer": "JMD"})
    draw(drawing, square(40))
    write(drawing, "0", 44, 4)
    table = read_table(saved(drawing, tmp_path / "a.dxf"))
    assert [g.equals(square(east)) for g, east in zip(table.geometry, (0, 40), strict=True)] == [True, True]
    assert table.columns["注记"].tolist() == [None, "0"]


def test_a_layer_with_a_chinese_name(tmp_path, drawing):
    draw(drawing, square(), "居民地")
    draw(drawing, square(20), "宗地")
    path = saved(drawing, tmp_path / "a.dxf")
    assert layer_names(path) == ("居民地", "宗地")
    assert read_table(path, layer="居民地").geometry[0].equals(square())


def test_a_binary_drawing(tmp_path, drawing):
    draw(drawing, square())
    write(drawing, "砖3", 4, 4)
    path = tmp_path / "a.dxf"
    drawing.saveas(path, fmt="bin")
    table = read_table(path)
    assert (table.columns["结构"][0], table.geometry[0].equals(square())) == ("砖", True)
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(FileUnreadable, match=r"a\.dxf"):
        read_table(path)


@pytest.mark.parametrize(("old", "new"), [(b" 10\n500000.0", b" 10\nabc"), (b" 70\n1\n", b" 7x\n1\n")])
def test_a_damaged_number_is_one_sentence(tmp_path, drawing, old, new):
    draw(drawing, square())
    path = saved(drawing, tmp_path / "a.dxf")
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    with pytest.raises(errors.ContentUnexpected, match=r"a\.dxf"):
        read_table(path)
