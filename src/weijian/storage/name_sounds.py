"""How Chinese names sound, for finding them by typing their pinyin or its initials."""

from functools import cache

_SURNAMES = {
    **{"曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao", "盖": "ge"},
    **{"覃": "qin", "缪": "miao", "翟": "zhai", "尹": "yin", "卜": "bu", "褚": "chu", "种": "chong", "召": "shao"},
    **{"乐": "yue", "洗": "xian", "冼": "xian", "柏": "bai", "员": "yun", "令": "ling", "长": "zhang", "尉": "yu"},
}
"""Surnames that are read otherwise than the character alone."""


def syllables(name: str) -> list[str]:
    """Pinyin of a name without tones, one syllable a character; other letters as they are, in small.

    >>> syllables("曾小明")
    ['zeng', 'xiao', 'ming']
    """
    sounds = [_sound(letter) for letter in name.lower() if not letter.isspace()]
    if sounds and name[0] in _SURNAMES:
        sounds[0] = _SURNAMES[name[0]]
    return sounds


def pinyin_of(name: str) -> str:
    """The whole pinyin: ``zengxiaoming``."""
    return "".join(syllables(name))


def initials_of(name: str) -> str:
    """Its initials: ``zxm``."""
    return "".join(syllable[:1] for syllable in syllables(name))


@cache
def _sound(letter: str) -> str:
    if letter.isascii():
        return letter
    from pypinyin import lazy_pinyin  # a large dictionary, needed only where names are written

    return lazy_pinyin(letter)[0]
