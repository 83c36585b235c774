from weijian.publish.pdf_text import with_typed_characters

MAP = b"""before <2F42>
begincmap
2 beginbfrange
<0000> <0000> <0000>
<0009> <000C> [<2F42> <53F7> <2EDA> <0009> ]
<2F42> <2F42> <2F3E>
endcmap
after <2F42>
"""


def test_radicals_become_the_characters_people_type():
    typed = with_typed_characters(MAP)
    assert b"<0009> <000C> [<6587> <53F7> <9875> <0020> ]" in typed
    assert b"<2F42> <2F42> <6237>" in typed


def test_nothing_moves():
    typed = with_typed_characters(MAP)
    assert len(typed) == len(MAP)
    assert typed.startswith(b"before <2F42>\n")
    assert typed.endswith(b"after <2F42>\n")
