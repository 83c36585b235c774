import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian.domain.household import masked_name


@pytest.mark.parametrize(
    ("name", "masked"), [("张三丰", "张某某"), ("李四", "李某"), ("王", "王"), ("", ""), ("欧阳修文", "欧某某某")]
)
def test_only_the_first_character_is_shown(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@given(st.text(min_size=1))
def test_a_masked_name_is_as_long_and_stays_masked(name: str) -> None:
    masked = masked_name(name)
    assert len(masked) == len(name)
    assert masked[0] == name[0]
    assert set(masked[1:]) <= {"某"}
    assert masked_name(masked) == masked
