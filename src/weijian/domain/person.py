"""The persons (家庭成员) of a household, and how their numbers are read, checked and masked."""

import re
import unicodedata
from dataclasses import dataclass, field

HOLDER = "户主"
"""The relation of the one a household is named after."""

_PHONE = re.compile(r"(?:1[3-9]\d{9}|0\d{9,11}|\d{7,8})")
_OTHER_PAPER = re.compile(r"[A-Z0-9()]{6,20}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@dataclass(frozen=True)
class Person:
    """One person of a household. Everything but the household and the relation is personal data.

    ``id_number`` and ``phone`` are as `plain_id_number` and `plain_phone` write them.
    """

    household_no: str
    name: str = field(repr=False)
    relation: str | None = None
    id_number: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)


def plain_phone(text: str) -> str | None:
    """A telephone number as plain digits, without the country's prefix; None when it is none.

    >>> plain_phone("+86 138-0000-1234"), plain_phone("0571-8888 1234"), plain_phone("no phone")
    ('13800001234', '057188881234', None)
    """
    digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(?:\+|00)?86(?=1[3-9]\d{9}$|0)", "", digits)
    return digits if _PHONE.fullmatch(digits) else None


def plain_id_number(text: str) -> str | None:
    """An identity number in capitals without spaces; None when it can be none.

    Eighteen places are checked by GB 11643 (birthday and check character are not guessed for other papers).

    >>> plain_id_number("11010519491231002x"), plain_id_number("110105194912310021")
    ('11010519491231002X', None)
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if re.fullmatch(r"\d{17}[\dX]", plain):
        total = sum(int(digit) * weight for digit, weight in zip(plain, _WEIGHTS, strict=False))
        return plain if _CHECK[total % 11] == plain[17] else None
    if re.fullmatch(r"\d{15}", plain):
        return plain
    return plain if _OTHER_PAPER.fullmatch(plain) and not re.fullmatch(r"\d{16,}", plain) else None


def masked_number(number: str) -> str:
    """A number as screens and papers show it: three places in front and four at the end.

    Of short numbers only the end is left, of very short ones nothing.

    >>> masked_number("13800001234"), masked_number("88881234"), masked_number("11010519491231002X")
    ('138****1234', '****1234', '110***********002X')
    """
    front, end = (3, 4) if len(number) >= 11 else (0, 4) if len(number) >= 7 else (0, 0)
    return number[:front] + "*" * (len(number) - front - end) + (number[-end:] if end else "")
