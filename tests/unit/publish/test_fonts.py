import pytest
from PySide6.QtGui import QFontDatabase

from unit.publish.made import sheet
from weijian.domain.errors import GlyphsMissing
from weijian.publish import fonts
from weijian.publish.order_map import picture

TEXT = "违法建设拆除范围图 2025 ±²−—〔〕（）"


def test_chosen_families_have_every_character():
    chosen = fonts.fonts_for(TEXT)
    assert fonts.missing_characters(chosen.song, TEXT) == ""
    assert fonts.missing_characters(chosen.hei, TEXT) == ""


def test_without_a_chinese_font_the_bundled_one_is_taken(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(QFontDatabase, "families", lambda: ["DejaVu Sans"])
    chosen = fonts.fonts_for(TEXT)
    assert chosen.song == chosen.hei
    assert fonts.missing_characters(chosen.song, TEXT) == ""
    assert not picture(sheet(), dpi=50).isNull()


def test_a_character_that_nothing_can_draw_is_refused_by_code_point(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(QFontDatabase, "families", lambda: ["DejaVu Sans"])
    with pytest.raises(GlyphsMissing) as refused:
        fonts.fonts_for(TEXT + "\U0002ceff")
    assert refused.value.data["characters"] == "U+2CEFF"


def test_a_family_without_chinese_is_not_taken_for_it():
    assert "违" in fonts.missing_characters("DejaVu Sans", TEXT)
