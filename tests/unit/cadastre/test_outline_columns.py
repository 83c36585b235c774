import pytest
import shapely

from unit.cadastre.made import EAST, NORTH, square
from weijian.cadastre.faults import Why
from weijian.cadastre.reader import read_table


def table_of(tmp_path, text):
    path = tmp_path / "宗地.csv"
    path.write_text(text, encoding="utf-8")
    return read_table(path, crs="EPSG:4549")


def corners(shape):
    return shapely.get_coordinates(shape)[:-1].tolist()


@pytest.mark.parametrize(
    ("first", "second"), [("X", "Y"), ("Y", "X"), ("纵坐标", "横坐标"), ("E", "N"), ("lat", "lon")]
)
@pytest.mark.parametrize("east_first", [True, False])
def test_corners_side_by_side_whatever_the_order(tmp_path, first, second, east_first):
    ring = corners(square())
    head = ",".join(f"{first}{i},{second}{i}" for i in range(1, 6))
    cells = ",".join(f"{e},{n}" if east_first else f"{n},{e}" for e, n in ring)
    table = table_of(tmp_path, f"宗地代码,{head}\nA,{cells},,\nB,1,2,3,4,,,,,,\n")
    assert table.headings == ("宗地代码",)
    assert table.geometry[0].equals(square())
    assert [(f.row, f.why) for f in table.faults] == [(3, Why.GEOMETRY_UNREADABLE)]


def test_a_corner_a_row(tmp_path):
    lines = ["宗地代码,权利人,点号,X,Y"]
    for number, shape in (("A", square()), ("B", square(30))):
        for i, (e, n) in enumerate(corners(shape)):
            lines.append(f"{number if i == 0 else ''},{'甲' if i == 0 else ''},J{i + 1},{n},{e}")
    table = table_of(tmp_path, "\n".join(lines))
    assert table.columns["宗地代码"].tolist() == ["A", "B"]
    assert table.columns["权利人"].tolist() == ["甲", "甲"]
    assert table.row_numbers.tolist() == [2, 6]
    assert [g.equals(s) for g, s in zip(table.geometry, (square(), square(30)), strict=True)] == [True, True]


def test_a_corner_that_is_no_number_costs_its_parcel(tmp_path):
    lines = ["宗地代码,点号,X,Y", *(f"A,{i},{n},{e}" for i, (e, n) in enumerate(corners(square()))), "B,1,x,1"]
    table = table_of(tmp_path, "\n".join(lines))
    assert [g is None for g in table.geometry] == [False, True]
    assert [(f.row, f.field, f.why) for f in table.faults] == [(6, "X", Why.NOT_A_NUMBER)]


def test_points(tmp_path):
    table = table_of(tmp_path, "编号,经度,纬度\n1,118.5,30.2\n2,,\n")
    assert table.geometry[0].equals(shapely.Point(118.5, 30.2))
    assert table.geometry[1] is None
    assert table.headings == ("编号", "经度", "纬度")


def test_eastings_with_zone_number(tmp_path):
    ring = [(40_000_000 + e, n) for e, n in corners(square())]
    head = ",".join(f"X{i},Y{i}" for i in range(1, 5))
    table = table_of(tmp_path, f"no,{head}\nA,{','.join(f'{n},{e}' for e, n in ring)}\n")
    assert table.bounds == (40_000_000 + EAST, NORTH, 40_000_000 + EAST + 10, NORTH + 10)
