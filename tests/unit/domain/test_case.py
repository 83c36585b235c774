from datetime import date

from weijian.domain.case import Case
from weijian.domain.stage import Stage


def test_the_party_stays_out_of_what_is_printed() -> None:
    case = Case("AJ2026-0001", Stage.LEAD, date(2026, 3, 5), party="张三丰")
    assert "张三丰" not in repr(case)
    assert case.party == "张三丰"
