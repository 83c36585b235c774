import ezdxf
import pytest
import shapely

from unit.cadastre.made import EAST, NORTH, square
from weijian.cadastre import dxf_entities, errors
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


def corner(east=0.0, north=0.0):
    return EAST + east, NORTH + north


def house_block(drawing, name="FW", layer="0", side=10.0):
    """A block with one house from its base point, and its note."""
    block = drawing.blocks.new(name, base_point=(100, 200))
    corners = [(100 + e, 200 + n) for e, n in shapely.get_coordinates(shapely.box(0, 0, side, side))[:-1]]
    block.add_lwpolyline(corners, close=True, dxfattribs={"layer": layer})
    block.add_text("砖3", dxfattribs={"layer": layer, "height": 1, "insert": (103, 204)})
    return block


def shapes_of_ezdxf(drawing, layer="JMD"):
    """The polylines that ezdxf finds in blocks, put where its matrices of the insertions say."""
    found, left = [], [(insert, ()) for insert in drawing.modelspace().query("INSERT")]
    while left:
        entity, around = left.pop(0)
        if entity.dxftype() == "INSERT":
            for insert in entity.multi_insert() if entity.mcount > 1 else [entity]:
                left += [(inner, (insert.matrix44(), *around)) for inner in insert.block()]
        elif entity.dxftype() == "LWPOLYLINE" and entity.dxf.layer == layer:
            points = [(x, y, 0) for x, y in entity.get_points("xy")]
            for matrix in around:
                points = list(matrix.transform_vertices(points))
            found.append(shapely.Polygon([tuple(point)[:2] for point in points]))
    return found


@pytest.mark.parametrize(
    "insertion",
    [
        {},
        {"rotation": 30},
        {"xscale": 2, "yscale": 0.5, "rotation": 200},
        {"xscale": -1, "yscale": 1},
        {"extrusion": (0, 0, -1), "insert": (-EAST, NORTH), "rotation": 20},
        {"row_count": 2, "column_count": 3, "row_spacing": 30, "column_spacing": 20, "rotation": 10},
    ],
)
def test_houses_in_blocks_lie_where_the_drawing_program_shows_them(tmp_path, drawing, insertion):
    house_block(drawing, layer="JMD")
    outer = drawing.blocks.new("图幅", base_point=(5, 5))
    outer.add_blockref("FW", (50, 60), dxfattribs={"rotation": 45, "xscale": 1.5, "yscale": 1.5, "layer": "JMD"})
    outer.add_blockref("FW", (0, 0))
    place = {"insert": corner(), "layer": "0"}
    drawing.modelspace().add_blockref("图幅", (0, 0), dxfattribs={**place, **insertion})
    expected = shapes_of_ezdxf(drawing)
    table = read_table(saved(drawing, tmp_path / "a.dxf"))
    assert len(table) == len(expected) == 2 * insertion.get("row_count", 1) * insertion.get("column_count", 1)
    assert all(any(g.equals_exact(e, 1e-6, normalize=True) for e in expected) for g in table.geometry)
    assert len({g.centroid.coords[0] for g in table.geometry}) == len(table)
    assert table.columns["层数"].tolist() == ["3"] * len(table)
    assert len(set(table.columns["图元编号"])) == len(table)
    assert table.faults == ()


def test_what_lies_on_layer_0_in_a_block_lies_on_that_of_its_insertion(tmp_path, drawing):
    house_block(drawing)
    house_block(drawing, "ZD", layer="JZD", side=30.0)
    drawing.modelspace().add_blockref("FW", corner(), dxfattribs={"layer": "JMD"})
    drawing.modelspace().add_blockref("fw", corner(40), dxfattribs={"layer": "DLDW"})
    drawing.modelspace().add_blockref("ZD", corner(), dxfattribs={"layer": "JMD"})
    path = saved(drawing, tmp_path / "a.dxf")
    assert layer_names(path) == ("JMD", "DLDW", "JZD")
    assert [g.equals(square()) for g in read_table(path, layer="JMD").geometry] == [True]
    assert [g.equals(square(40)) for g in read_table(path, layer="DLDW").geometry] == [True]
    assert [g.area for g in read_table(path, layer="JZD").geometry] == [900.0]


def test_signs_and_walls_are_no_houses_and_are_told(tmp_path, drawing):
    house_block(drawing)
    space = drawing.modelspace()
    house = space.add_blockref("FW", corner(), dxfattribs={"layer": "JMD"})
    house.set_xdata("SOUTH", [(1000, "141161")])
    pillar = space.add_blockref("FW", corner(40), dxfattribs={"layer": "JMD", "xscale": 0.05, "yscale": 0.05})
    pillar.set_xdata("SOUTH", [(1000, "143600")])
    draw(drawing, square(80, side=50), south=("144301",))
    draw(drawing, shapely.LineString(shapely.get_coordinates(square(200))[:4]), south=("144301",), closed=False)
    table = read_table(saved(drawing, tmp_path / "a.dxf"))
    assert [g.equals(square()) for g in table.geometry] == [True]
    assert table.columns["编码"].tolist() == ["141161"]
    assert [(f.why, f.other) for f in table.faults] == [(Why.SIGNS_LEFT, "3")]


def test_notes_as_attributes_of_a_block(tmp_path, drawing):
    block = drawing.blocks.new("FWZJ")
    block.add_attdef("CS", (0, 0), dxfattribs={"height": 1, "layer": "0"})
    fixed = block.add_attdef("DW", (0, 2), text="村委会", dxfattribs={"height": 1, "layer": "0"})
    fixed.is_const = True
    draw(drawing, square())
    insert = drawing.modelspace().add_blockref("FWZJ", corner(3, 4), dxfattribs={"layer": "JMD"})
    insert.add_attrib("CS", "混2", corner(3, 4), dxfattribs={"height": 1, "layer": "0"})
    hidden = insert.add_attrib("BZ", "砖9", corner(3, 6), dxfattribs={"height": 1, "layer": "0"})
    hidden.is_invisible = True
    table = read_table(saved(drawing, tmp_path / "a.dxf"))
    told = {heading: table.columns[heading][0] for heading in ("结构", "层数", "注记")}
    assert told == {"结构": "混", "层数": "2", "注记": "村委会"}


@pytest.mark.parametrize("point", range(1, 10))
def test_a_paragraph_stands_around_its_point(tmp_path, drawing, point):
    draw(drawing, square())
    draw(drawing, square(10))
    down, across = divmod(point - 1, 3)
    place = corner(7 + across, 6 - down)
    attributes = {"layer": "JMD", "insert": place, "char_height": 1, "attachment_point": point}
    drawing.modelspace().add_mtext("砼5", dxfattribs=attributes)
    assert read_table(saved(drawing, tmp_path / "a.dxf")).columns["结构"].tolist() == ["砼", None]


def test_round_houses_and_splines(tmp_path, drawing):
    space = drawing.modelspace()
    space.add_circle(corner(5, 5), 5, dxfattribs={"layer": "JMD"})
    space.add_ellipse(corner(45, 5), (5, 0), 0.5, dxfattribs={"layer": "JMD"})
    space.add_ellipse(corner(85, 5), (5, 0), 0.5, 0, 1, dxfattribs={"layer": "JMD"})
    ring = [(*corner(120 + e, n), 0.0) for e, n in ((0, 0), (10, 0), (10, 10), (0, 10))]
    space.add_spline(dxfattribs={"layer": "JMD"}).set_closed(ring)
    space.add_spline(ring, dxfattribs={"layer": "JMD"})
    draw(drawing, square(200))
    table = read_table(saved(drawing, tmp_path / "a.dxf"))
    areas = [g.area for g in table.geometry]
    assert areas[0] == pytest.approx(25 * 3.14159, rel=0.01)
    assert areas[1] == pytest.approx(12.5 * 3.14159, rel=0.01)
    assert areas[2] == pytest.approx(67.73, rel=0.001)  # as ezdxf's own closed_uniform_bspline has it
    assert areas[3] == 100
    assert [(f.why, f.other) for f in table.faults] == [(Why.STROKES_LEFT, "2")]


def test_arcs_in_an_enlarged_block_are_as_fine_as_others(tmp_path, drawing):
    block = drawing.blocks.new("罐")
    block.add_lwpolyline([(-1, 0, 1), (1, 0, 1)], format="xyb", close=True)
    for scale in (1, 50):
        place = {"layer": "JMD", "xscale": scale, "yscale": scale}
        drawing.modelspace().add_blockref("罐", corner(scale * 10), dxfattribs=place)
    draw(drawing, square(5000))
    small, large = read_table(saved(drawing, tmp_path / "a.dxf")).geometry[:2]
    assert small.area == pytest.approx(3.14159, rel=0.02)
    assert large.area == pytest.approx(2500 * 3.14159, rel=0.001)


def test_drawings_elsewhere_are_told_and_not_looked_for(tmp_path, drawing):
    other = ezdxf.new("R2000")
    draw(other, square(100))
    other.saveas(tmp_path / "邻幅.dxf")
    drawing.add_xref_def(str(tmp_path / "邻幅.dxf"), "邻幅")
    drawing.modelspace().add_blockref("邻幅", (0, 0))
    draw(drawing, square())
    table = read_table(saved(drawing, tmp_path / "a.dxf"))
    assert len(table) == 1
    assert [(f.why, f.other) for f in table.faults] == [(Why.DRAWN_ELSEWHERE, "邻幅")]


def test_blocks_that_would_draw_without_end(tmp_path, drawing, monkeypatch):
    monkeypatch.setattr(dxf_entities, "MOST_INSERTED", 5000)
    names = [f"B{i}" for i in range(12)]
    for name, inner in zip(names, [*names[1:], None], strict=True):
        block = drawing.blocks.new(name)
        if inner:
            for east in range(10):
                block.add_blockref(inner, (east, 0))
        else:
            block.add_lwpolyline([(0, 0), (1, 0), (1, 1)], close=True, dxfattribs={"layer": "JMD"})
    space = drawing.modelspace()
    for inserted, array in (("B3", {}), ("B11", {"row_count": 30000, "column_count": 30000})):
        space.delete_all_entities()
        space.add_blockref(inserted, corner(), dxfattribs=array)
        with pytest.raises(errors.BlocksTooMany, match=r"a\.dxf"):
            read_table(saved(drawing, tmp_path / "a.dxf"))


def test_a_block_in_itself(tmp_path, drawing):
    house_block(drawing).add_blockref("FW", (10, 10))
    drawing.modelspace().add_blockref("FW", corner(), dxfattribs={"layer": "JMD"})
    assert len(read_table(saved(drawing, tmp_path / "a.dxf"))) == 1


@pytest.mark.parametrize(
    ("code", "damage"), [(40, b"nan"), (40, b"1e300"), (42, b"1e300"), (42, b"1e-300"), (10, b"inf"), (41, b"-1e300")]
)
def test_damaged_curves_cost_no_more_than_themselves(tmp_path, drawing, code, damage):
    space = drawing.modelspace()
    drawing.blocks.new("罐").add_circle((0, 0), 2)
    space.add_blockref("罐", corner(40), dxfattribs={"layer": "JMD", "xscale": 1.5, "yscale": 1.5})
    space.add_circle(corner(5, 5), 5, dxfattribs={"layer": "JMD"})
    space.add_lwpolyline(
        [(*corner(80), 0.7), (*corner(90), 0.0)], format="xyb", close=True, dxfattribs={"layer": "JMD"}
    )
    draw(drawing, square(200))
    path = saved(drawing, tmp_path / "a.dxf")
    head, body = path.read_bytes().split(b"ENTITIES")
    old = next(
        value for value in (b"\n 42\n0.7", b"\n 41\n1.5", b"\n 40\n5.0", b"\n 10\n500005.0") if b" %d\n" % code in value
    )
    assert old in body
    path.write_bytes(head + b"ENTITIES" + body.replace(old, b"\n %d\n%s" % (code, damage)))
    try:
        table = read_table(path)
    except errors.ContentUnexpected:
        return
    assert [g.equals(square(200)) for g in table.geometry[-1:]] == [True]


@pytest.mark.parametrize("version", ["AC1024", "AC1032"])
def test_a_new_drawing_whose_text_is_gbk_all_the_same(tmp_path, drawing, version):
    draw(drawing, square())
    write(drawing, "砖混3", 4, 4)
    write(drawing, "石桥村农村房屋", 4, 7)
    path = saved(drawing, tmp_path / "a.dxf")
    path.write_bytes(path.read_bytes().replace(b"AC1015", version.encode()))
    table = read_table(path)
    assert (table.columns["结构"][0], table.columns["注记"][0]) == ("砖混", "石桥村农村房屋")
    assert str(table.encoding) == "GBK"
