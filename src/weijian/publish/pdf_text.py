"""The text of a PDF as people type it.

Chinese fonts draw some characters and the radicals of the same look with one glyph. Qt names the code point that comes
first, so that a search for 人民 finds nothing where the file says ⼈⺠. Its character maps are plain text; codes are
exchanged in place, four digits for four digits, and nothing else in the file moves.
"""

import re
import unicodedata

_ALIASES = str.maketrans(
    "⺂⺃⺅⺉⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺞⺠⺡⺣⺤⺦⺨⺭⺯⺰⺱⺹⺺⺾⻂⻅⻆⻈"
    "⻉⻋⻌⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻮⻯⻰⻱⻲⼾\t",
    "乛乚亻刂尣尢巳幺彑彐忄扌攵旡歺民氵灬爫丬犭礻糹纟罓耂肀艹衤见角讠"
    "贝车辶钅長镸长门阝青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐齿竜龙龜亀户 ",
)
"""Radicals that Unicode's normalisation leaves alone or takes for a traditional form, and the tabulator's blank."""

_CHARACTER_MAP = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_RANGE = re.compile(rb"^(<[0-9A-F]{4}> <[0-9A-F]{4}> )(.*)$", re.MULTILINE)
_CODE = re.compile(rb"<([0-9A-F]{4})>")


def with_typed_characters(pdf: bytes) -> bytes:
    """A PDF of Qt's whose glyphs stand for ordinary characters; it looks and measures the same."""
    return _CHARACTER_MAP.sub(lambda found: _RANGE.sub(_typed_range, found[0]), pdf)


def _typed_range(line: re.Match[bytes]) -> bytes:
    """First and last glyph stay; the characters that follow are exchanged."""
    return line[1] + _CODE.sub(_typed, line[2])


def _typed(code: re.Match[bytes]) -> bytes:
    character = chr(int(code[1], 16))
    typed = character.translate(_ALIASES)
    if typed == character and "\u2e80" <= character <= "\u2fdf":
        typed = unicodedata.normalize("NFKC", character)
    return b"<%04X>" % ord(typed)
