import pytest
from pyproj import CRS

from weijian.domain.cgcs2000 import chinese_crs_name


@pytest.mark.parametrize("code", [*range(4513, 4555)])
def test_the_meridian_is_that_of_the_definition(code: int) -> None:
    crs = CRS.from_epsg(code)
    operation = crs.coordinate_operation
    assert operation is not None
    meridian = next(p.value for p in operation.params if p.name == "Longitude of natural origin")
    assert f"中央子午线{meridian:.0f}°" in chinese_crs_name(crs)


def test_others_keep_their_name() -> None:
    assert chinese_crs_name(CRS.from_epsg(32650)) == "WGS 84 / UTM zone 50N"
