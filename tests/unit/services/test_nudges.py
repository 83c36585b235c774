import pytest

from weijian.imagery.alignment import HandShift
from weijian.services.nudges import NudgeUnreadable, read_nudge


@pytest.mark.parametrize(
    ("typed", "hand"),
    [
        ("1.2,-0.5", HandShift(1.2, -0.5)),
        ("-30, 4", HandShift(-30.0, 4.0)),
        ("0，0，-0.25", HandShift(0.0, 0.0, -0.25)),
    ],
)
def test_a_nudge_is_read(typed: str, hand: HandShift) -> None:
    assert read_nudge(typed) == hand
    assert read_nudge(typed, exact=True).exact


@pytest.mark.parametrize("typed", ["", "1", "1,", "a,b", "1,2,3,4", "nan,1", "1,inf", "900,900", "0,0,45"])
def test_what_is_no_nudge(typed: str) -> None:
    with pytest.raises(NudgeUnreadable) as refused:
        read_nudge(typed)
    assert "--nudge" in refused.value.sentence("zh")
