import pytest
from hypothesis import given
from hypothesis import strategies as st

from weijian.cadastre.encodings import Source, decide, decode, is_cut, known_codec
from weijian.cadastre.errors import EncodingUnknown

VILLAGE = ["河东村一组", "李明华", "王秀英", "砖混结构", "住宅", "未登记房屋", "安徽省天长市"]
TAIWAN = ["臺北市中正區", "國語", "繁體中文", "建築物高度"]

common_hanzi = st.sampled_from(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
)


def raw(texts: list[str], codec: str) -> list[bytes]:
    return [t.encode(codec) for t in texts]


@pytest.mark.parametrize(
    ("texts", "codec", "shown"),
    [(VILLAGE, "gbk", "GBK"), (VILLAGE, "utf-8", "UTF-8"), (TAIWAN, "big5", "Big5"), (TAIWAN, "utf-8", "UTF-8")],
)
def test_evidence_alone_tells_the_encoding(texts, codec, shown):
    decided = decide(raw(texts, codec))
    assert str(decided) == shown
    assert decided.certain
    assert decided.source is Source.EVIDENCE


@pytest.mark.parametrize("text", VILLAGE)
def test_one_value_is_enough_for_gbk(text):
    assert decide([text.encode("gbk")]).name == "gbk"


def test_characters_beyond_gbk_are_gb18030():
    assert decide(raw([*VILLAGE, "㐀", "𠮷野"], "gb18030")).name == "gb18030"


def test_plain_ascii_says_nothing_and_needs_nothing():
    decided = decide([b"FWBH", b"12"])
    assert decided.source is Source.ASCII
    assert decided.certain


@pytest.mark.parametrize("cpg", ["GBK", "936", "cp936", "ANSI 936", "gb2312", "GB18030"])
def test_a_true_cpg_is_believed_however_it_is_written(cpg):
    decided = decide(raw(VILLAGE, "gbk"), cpg=cpg)
    assert decided.source is Source.CPG
    assert decided.certain
    assert decode(VILLAGE[0].encode("gbk"), decided.name) == VILLAGE[0]


@pytest.mark.parametrize("claim", ["UTF-8", "ISO-8859-1", "1252", "Big5", "koi8r"])
def test_a_lying_cpg_is_not_believed_and_named(claim):
    decided = decide(raw(VILLAGE, "gbk"), cpg=claim)
    assert decided.name == "gbk"
    assert decided.contradicts == known_codec(claim)


def test_a_lying_language_byte_is_not_believed():
    decided = decide(raw(VILLAGE, "utf-8"), ldid=0x4D)
    assert decided.name == "utf-8"
    assert decided.contradicts == "gbk"


@pytest.mark.parametrize(("ldid", "name"), [(0x4D, "gbk"), (0x7A, "gbk")])
def test_a_true_language_byte_is_believed(ldid, name):
    decided = decide(raw(["简体"], "gbk"), ldid=ldid)
    assert (decided.name, decided.source) == (name, Source.LDID)


@pytest.mark.parametrize(("cpg", "text"), [("EUC-KR", "한국말"), ("shiftjis", "カタカナひらがな"), ("1251", "РУССКИЙ")])
def test_other_scripts_with_a_cpg(cpg, text):
    codec = known_codec(cpg)
    assert decide([text.encode(codec)], cpg=cpg).name == codec


def test_a_named_encoding_is_taken_as_it_is():
    decided = decide(raw(VILLAGE, "gbk"), given="big5")
    assert (decided.name, decided.source, decided.certain) == ("big5", Source.GIVEN, True)


def test_an_unknown_name_is_refused():
    with pytest.raises(EncodingUnknown, match="klingon"):
        decide([b"x"], given="klingon")


def test_one_rotten_value_does_not_change_the_decision_but_its_certainty():
    decided = decide([*raw(VILLAGE, "gbk"), b"\xff\xff\x80"])
    assert decided.name == "gbk"
    assert not decided.certain


def test_one_rotten_value_does_not_cost_a_true_claim():
    decided = decide([*raw(VILLAGE, "gbk"), b"\xff\xff\x80"], cpg="GBK")
    assert (decided.name, decided.source, decided.certain, decided.contradicts) == ("gbk", Source.CPG, False, None)


def test_half_a_character_at_the_end_is_the_fields_fault():
    cut = "未登记房屋".encode("gbk")[:-1]
    decided = decide([*raw(VILLAGE, "gbk"), cut], cuttable=[cut])
    assert decided.certain
    assert decided.name == "gbk"
    assert is_cut(cut, "gbk")
    assert not is_cut(b"\xff\xff", "gbk")
    assert not is_cut("中".encode("gbk"), "gbk")


@given(st.lists(st.text(common_hanzi, min_size=2, max_size=12), min_size=3, max_size=20))
def test_round_trip_of_common_chinese(texts):
    for codec in ("gbk", "utf-8"):
        encoded = raw(texts, codec)
        decided = decide(encoded)
        assert [decode(v, decided.name) for v in encoded] == texts


@given(st.lists(st.binary(max_size=12), max_size=12))
def test_any_bytes_get_an_answer_without_an_error(values):
    decided = decide(values)
    assert decided is None or known_codec(decided.name)
