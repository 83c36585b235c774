import errno
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import Mm, Pt

from weijian.assets import resource
from weijian.domain.errors import DocumentFieldMissing, FileMissing, FileUnreadable, TargetUnwritable
from weijian.publish import documents
from weijian.publish.documents import OrderValues, write_order
from weijian.publish.order_rules import load_order_rules

RULES = load_order_rules()
ORDER = OrderValues(
    document_no="临城限拆决〔2025〕9号",
    case_no="临城违〔2025〕第0017号",
    bureau="临溪县综合行政执法局",
    party="王某某",
    place="青石镇下沙村三组12号东侧",
    violation="未取得建设工程规划许可证，擅自扩建建筑物一处",
    area_m2=86.44,
    area_sigma_m2=1.26,
    found_on=date(2025, 5, 8),
    later_survey_on=date(2025, 5, 6),
    issued_on=date(2025, 6, 5),
    basis=RULES.bases["planning_64"],
    rules=RULES,
    review_body="临溪县人民政府",
    court="临溪县人民法院",
)


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_the_order_states_everything(tmp_path: Path):
    order = replace(ORDER, earlier_survey_on=date(2024, 11, 3), height_change_m=3.24, height_sigma_m=0.21)
    text = text_of(write_order(order, tmp_path / "order.docx"))
    for expected in (
        "临溪县综合行政执法局\n责令限期拆除决定书\n临城限拆决〔2025〕9号",
        "王某某：",
        "经查，你（单位）未取得建设工程规划许可证，擅自扩建建筑物一处，位于青石镇下沙村三组12号东侧，",
        "投影面积86.4 ± 1.3 平方米（±为一倍标准差），高度变化+3.2 ± 0.2 米。",
        "本机关于2025年5月8日发现上述情况，案号为临城违〔2025〕第0017号。",
        "2024年11月3日航测影像、2025年5月6日航测影像",
        "违反了《中华人民共和国城乡规划法》第四十条的规定。依据《中华人民共和国城乡规划法》第六十四条的规定",
        "自收到本决定书之日起15日内自行拆除",
        "第六十八条",
        "60日内向临溪县人民政府申请行政复议",
        "6个月内依法向临溪县人民法院提起行政诉讼",
        "附件：违法建设拆除范围图",
        "临溪县综合行政执法局\n2025年6月5日",
    ):
        assert expected in text, expected
    assert "{" not in text


def test_what_is_not_known_is_left_out(tmp_path: Path):
    text = text_of(write_order(ORDER, tmp_path / "order.docx"))
    assert "高度变化" not in text
    assert "有2025年5月6日航测影像、违法" in text
    assert "None" not in text


def test_attachments_are_numbered(tmp_path: Path):
    order = replace(ORDER, attachments=("违法建设拆除范围图", "现场照片"))
    assert "附件：1.违法建设拆除范围图\n　　　2.现场照片" in text_of(write_order(order, tmp_path / "order.docx"))


def test_markup_in_a_name_is_text(tmp_path: Path):
    order = replace(ORDER, party="甲 & 乙 <丙> {{ 丁 }} \"公司\" '分'", place="</w:t>")
    text = text_of(write_order(order, tmp_path / "order.docx"))
    assert "甲 & 乙 <丙> {{ 丁 }} \"公司\" '分'：" in text
    assert "位于</w:t>，" in text


@pytest.mark.parametrize("field", ["document_no", "party", "violation", "place", "review_body", "court"])
def test_a_blank_field_is_refused_by_name(tmp_path: Path, field: str):
    with pytest.raises(DocumentFieldMissing) as refused:
        write_order(replace(ORDER, **{field: "  "}), tmp_path / "order.docx")
    assert field in refused.value.sentence("zh")
    assert list(tmp_path.iterdir()) == []


def test_an_order_without_its_map_is_refused(tmp_path: Path):
    with pytest.raises(DocumentFieldMissing):
        write_order(replace(ORDER, attachments=()), tmp_path / "order.docx")


def test_a_template_that_asks_for_more_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    paper = Document()
    paper.add_paragraph("{{ something_else }}")
    paper.save(str(tmp_path / "template.docx"))
    monkeypatch.setattr(documents, "resource", lambda *_: tmp_path / "template.docx")
    with pytest.raises(DocumentFieldMissing) as refused:
        write_order(ORDER, tmp_path / "order.docx")
    assert "something_else" in refused.value.sentence("en")
    assert not (tmp_path / "order.docx").exists()


def test_the_page_is_the_official_one(tmp_path: Path):
    paper = Document(str(write_order(ORDER, tmp_path / "order.docx")))
    (section,) = paper.sections
    assert (section.page_width, section.page_height) == (
        pytest.approx(Mm(210), abs=700),
        pytest.approx(Mm(297), abs=700),
    )
    block = section.page_width - section.left_margin - section.right_margin
    depth = section.page_height - section.top_margin - section.bottom_margin
    assert block == pytest.approx(Mm(156), abs=2000)
    assert depth == pytest.approx(Mm(225), abs=2000)
    assert section.top_margin == pytest.approx(Mm(37), abs=700)
    assert section.left_margin == pytest.approx(Mm(28), abs=700)

    body = paper.styles["Normal"]
    assert body.font.size == Pt(16)
    assert depth // body.paragraph_format.line_spacing == 22
    tightened = int(re.search(r'<w:spacing w:val="(-\d+)"/>', body.element.xml)[1]) / 20
    assert block // Pt(16 + tightened) == 28
    assert 'w:eastAsia="仿宋_GB2312"' in body.element.xml
    assert paper.paragraphs[0].runs[0].font.size == Pt(22)
    assert "方正小标宋简体" in paper.paragraphs[0]._p.xml
    assert "PAGE" in section.footer._element.xml
    assert section.footer.paragraphs[0].runs[0].font.size == Pt(14)


def test_every_basis_fits_the_order(tmp_path: Path):
    for key, basis in RULES.bases.items():
        text = text_of(write_order(replace(ORDER, basis=basis), tmp_path / f"{key}.docx"))
        assert f"依据{basis.authority}的规定" in text
        assert basis.consequence in text
    assert set(RULES.bases) == {"planning_64", "planning_65", "planning_66"}
    assert (RULES.review_days, RULES.suit_months) == (60, 6)


def test_a_deadline_of_its_own_wins(tmp_path: Path):
    assert "7日内自行拆除" in text_of(write_order(replace(ORDER, deadline_days=7), tmp_path / "order.docx"))


def test_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TargetUnwritable):
        write_order(ORDER, tmp_path / "order.docx")
    assert list(tmp_path.iterdir()) == []


def test_the_template_is_what_its_script_makes(tmp_path: Path):
    root = Path(__file__).parents[3]
    script = (root / "tools" / "make_templates.py").read_text(encoding="utf-8")
    (tmp_path / "tools").mkdir()
    (tmp_path / "resources" / "templates").mkdir(parents=True)
    (tmp_path / "tools" / "make_templates.py").write_text(script, encoding="utf-8")
    subprocess.run([sys.executable, tmp_path / "tools" / "make_templates.py"], check=True)
    made, committed = (
        tmp_path / "resources" / "templates" / "demolition_order.docx",
        resource("templates", "demolition_order.docx"),
    )
    for part in ("word/document.xml", "word/styles.xml", "word/fontTable.xml"):
        assert ZipFile(made).read(part) == ZipFile(committed).read(part)


def test_rules_may_be_a_bureaus_own(tmp_path: Path):
    own = tmp_path / "orders.yaml"
    text = resource("rules", "orders.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("deadline_days: 15", "deadline_days: 10"), encoding="utf-8")
    assert load_order_rules(own).deadline_days == 10


@pytest.mark.parametrize(
    ("find", "put", "named"),
    [
        ("deadline_days: 15", "deadline_days: soon", "deadline_days"),
        ("suit_months: 6", "", "suit_months"),
        ("    duty: 《中华人民共和国城乡规划法》第四十条", "", "duty"),
        ("bases:", "grounds:", "bases"),
        ("bases:", "bases: [", "Error"),
    ],
)
def test_rules_with_a_fault_are_refused_by_name(tmp_path: Path, find: str, put: str, named: str):
    own = tmp_path / "orders.yaml"
    text = resource("rules", "orders.yaml").read_text(encoding="utf-8")
    assert find in text
    own.write_text(text.replace(find, put, 1), encoding="utf-8")
    with pytest.raises(FileUnreadable) as refused:
        load_order_rules(own)
    assert named in refused.value.sentence("en")


def test_rules_that_are_not_there_are_refused(tmp_path: Path):
    with pytest.raises(FileMissing):
        load_order_rules(tmp_path / "none.yaml")
