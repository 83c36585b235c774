"""Makes the statutory documents' templates in resources/templates (run it, look at them, commit them).

The layout is that of GB/T 9704-2012: A4, text block 156 x 225 mm, 22 lines of 28 characters, body in 3号仿宋, title in
2号小标宋, page number in 4号.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TEMPLATES = Path(__file__).resolve().parents[1] / "resources" / "templates"

BODY, TITLE, PAGE_NUMBER = "仿宋_GB2312", "方正小标宋简体", "宋体"
SUBSTITUTES = {BODY: "仿宋", TITLE: "宋体"}
LATIN = "Times New Roman"
LINE = Pt(28)
CHARACTER = Pt(16)

ORDER = (
    "{{ party }}：",
    "经查，你（单位）{{ violation }}，位于{{ place }}，投影面积{{ area }}（±为一倍标准差）"
    "{% if height %}，高度变化{{ height }}{% endif %}。本机关于{{ found_on }}发现上述情况，案号为{{ case_no }}。",
    "上述事实，有{% if earlier_survey_on %}{{ earlier_survey_on }}航测影像、{% endif %}{{ later_survey_on }}航测影像、"
    "违法建设拆除范围图等证据证实。",
    "你（单位）的行为违反了{{ duty }}的规定。依据{{ authority }}的规定，本机关决定："
    "责令你（单位）自收到本决定书之日起{{ deadline_days }}日内自行拆除上述违法建设，拆除范围以附件所载为准。",
    "{{ consequence }}。",
    "如不服本决定，可以自收到本决定书之日起{{ review_days }}日内向{{ review_body }}申请行政复议，"
    "也可以自收到本决定书之日起{{ suit_months }}个月内依法向{{ court }}提起行政诉讼。"
    "复议、诉讼期间，不停止本决定的执行，法律另有规定的除外。",
)


def main() -> None:
    """Write every template."""
    paper = official_paper()
    add_demolition_order(paper)
    paper.save(str(TEMPLATES / "demolition_order.docx"))


def official_paper() -> Paper:
    """An empty document with the official page, fonts, grid and page numbers."""
    paper = Document()
    paper.core_properties.author = "weijian"
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    _set_grid(section._sectPr)
    normal = paper.styles["Normal"]
    _set_fonts(normal, BODY, CHARACTER)
    _set_spacing_and_language(normal)
    _name_substitutes(paper)
    spacing = normal.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.widow_control = False
    paper.settings.odd_and_even_pages_header_footer = True
    _add_page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _add_page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    return paper


def add_demolition_order(paper: Paper) -> None:
    """责令限期拆除决定书."""
    _title(paper, "{{ bureau }}")
    _title(paper, "责令限期拆除决定书")
    paper.add_paragraph("{{ document_no }}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph()
    addressee, *body = ORDER
    paper.add_paragraph(addressee)
    for text in body:
        _indented(paper, text)
    paper.add_paragraph()
    paper.add_paragraph("{%p for attachment in attachments %}")
    attachment = paper.add_paragraph(
        "{% if loop.first %}附件：{% else %}　　　{% endif %}"
        "{% if attachments|length > 1 %}{{ loop.index }}.{% endif %}{{ attachment }}"
    )
    attachment.paragraph_format.left_indent = CHARACTER * 5
    attachment.paragraph_format.first_line_indent = CHARACTER * -3
    paper.add_paragraph("{%p endfor %}")
    for _ in range(2):
        _kept(paper.add_paragraph())
    for text in ("{{ bureau }}", "{{ issued_on }}"):
        line = paper.add_paragraph(text)
        # centred on each other, the date ending about four characters before the margin
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.left_indent = CHARACTER * 12
        _kept(line)


def _title(paper: Paper, text: str) -> None:
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    free = OxmlElement("w:snapToGrid")
    free.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(free, "w:spacing", "w:ind", "w:jc", "w:rPr")
    run = paragraph.add_run(text)
    run.font.size = Pt(22)
    run.font.name = LATIN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TITLE)


def _indented(paper: Paper, text: str) -> None:
    paragraph = paper.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = CHARACTER * 2


def _kept(paragraph: Paragraph) -> None:
    """Keep a line of the signature on the page of the next."""
    paragraph.paragraph_format.keep_with_next = True


def _set_fonts(style: ParagraphStyle, family: str, size: Pt) -> None:
    style.font.size = size
    style.font.name = LATIN
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), family)


def _set_grid(section: BaseOxmlElement) -> None:
    """Lines on a grid, pitch in twentieths of a point. Characters are spaced by the style: programs differ in grids."""
    grid = section.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")


def _set_spacing_and_language(style: ParagraphStyle) -> None:
    """A quarter of a point tighter: 28 characters of 16 points in 156 mm."""
    properties = style.element.get_or_add_rPr()
    spacing, language = OxmlElement("w:spacing"), OxmlElement("w:lang")
    spacing.set(qn("w:val"), "-5")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
    properties.append(language)


def _name_substitutes(paper: Paper) -> None:
    """State which font to take where one of the official ones is not installed."""
    part = paper.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = parse_xml(part.blob)
    for family, substitute in SUBSTITUTES.items():
        font, name = OxmlElement("w:font"), OxmlElement("w:altName")
        font.set(qn("w:name"), family)
        name.set(qn("w:val"), substitute)
        font.append(name)
        table.append(font)
    part._blob = serialize_part_xml(table)


def _add_page_number(paragraph: Paragraph, alignment: WD_ALIGN_PARAGRAPH) -> None:
    paragraph.alignment = alignment
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        run.font.size = Pt(14)
        run.font.name = PAGE_NUMBER
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), PAGE_NUMBER)
        if text is None:
            _add_page_field(run)


def _add_page_field(run: Run) -> None:
    for kind in ("begin", None, "end"):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = " PAGE "
        run._element.append(element)


if __name__ == "__main__":
    main()
