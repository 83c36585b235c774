import pytest

from weijian.domain.person import Person, masked_number, plain_id_number, plain_phone


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("138 0000 1234", "13800001234"),
        ("+86-13800001234", "13800001234"),
        ("００８６13800001234", "13800001234"),
        ("(0571) 8888-1234", "057188881234"),
        ("8888 1234", "88881234"),
        ("1234", None),
        ("23800001234", None),
        ("张三", None),
    ],
)
def test_telephones_are_read_as_people_write_them(written: str, plain: str | None) -> None:
    assert plain_phone(written) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("11010519491231002x", "11010519491231002X"),
        ("110105 19491231 002X", "11010519491231002X"),
        ("110105194912310029", None),
        ("1101051949123100", None),
        ("110105491231002", "110105491231002"),
        ("H1234567(8)", "H1234567(8)"),
        ("张三", None),
    ],
)
def test_identity_numbers_are_checked(written: str, plain: str | None) -> None:
    assert plain_id_number(written) == plain


def test_masks_leave_the_ends() -> None:
    assert masked_number("11010519491231002X") == "110***********002X"
    assert masked_number("13800001234") == "138****1234"
    assert masked_number("88881234") == "****1234"
    assert masked_number("12345") == "*****"


def test_nothing_personal_is_said_by_a_person() -> None:
    assert repr(Person("H1", "张三", "子", "11010519491231002X", "13800001234")) == (
        "Person(household_no='H1', relation='子')"
    )
