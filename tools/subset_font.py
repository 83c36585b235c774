"""Make the bundled Chinese font from Debian's Noto Sans CJK (packages ``fonts-noto-cjk`` and ``unicode-data``).

Run ``python tools/subset_font.py`` after ``apt-get install fonts-noto-cjk unicode-data``; the same packages give the
same bytes. The result holds the characters of GB 2312 and of the General Standard (通用规范汉字表, which has the rarer
characters of names), Latin, Greek and the punctuation and signs of maps. Its family is called "Weijian Sans SC": a font
of another name never hides a complete Noto that is installed beside it.
"""

import bz2
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SIMPLIFIED_CHINESE = 2  # index in the collection
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
TARGET = Path(__file__).parents[1] / "resources" / "fonts" / "NotoSansSC-Subset.otf"
FAMILY = "Weijian Sans SC"
BLOCKS = [
    (0x0020, 0x024F),  # Latin
    (0x0391, 0x03C9),  # Greek
    (0x2010, 0x203B),  # dashes, quotes, reference mark
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x2100, 0x22FF),  # letter-like signs, numbers, arrows, operators
    (0x2460, 0x24FF),  # enclosed numbers
    (0x2500, 0x26FF),  # box drawing, shapes, signs
    (0x3000, 0x303F),  # CJK punctuation
    (0x3200, 0x33FF),  # enclosed CJK, square units
    (0xFF00, 0xFFEF),  # full-width forms
]


def gb2312() -> Iterator[int]:
    """Every character of GB 2312."""
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from map(ord, bytes((row, cell)).decode("gb2312", errors="ignore"))


def general_standard() -> Iterator[int]:
    """Every character of the Table of General Standard Chinese Characters (Unihan's ``kTGH``)."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            if "\tkTGH\t" in line:
                yield int(line.split("\t")[0].removeprefix("U+"), 16)


def rename(font: TTFont) -> None:
    """Give the font its own name in every place a user sees one; copyright and licence stay."""
    names = {1: FAMILY, 2: "Regular", 3: "WeijianSansSC-Regular", 4: FAMILY, 6: "WeijianSansSC-Regular"}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID not in {*names, 16, 17, 21, 22}]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames[0] = names[6]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = FAMILY, FAMILY


def main() -> None:
    """Write the font."""
    options = subset.Options(
        layout_features=["kern", "liga", "locl", "ccmp"],
        layout_scripts=["DFLT", "hani", "latn"],
        name_IDs=["*"],
        name_languages=[0x409],
        hinting=False,
        desubroutinize=False,
        notdef_outline=True,
        recalc_timestamp=False,
    )
    characters = {code for first, last in BLOCKS for code in range(first, last + 1)} | {*gb2312(), *general_standard()}
    font = TTFont(SOURCE, fontNumber=SIMPLIFIED_CHINESE, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    rename(font)
    TARGET.parent.mkdir(exist_ok=True)
    font.save(TARGET)
    print(f"{TARGET.name}: {len(font.getBestCmap())} characters, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
