"""The order map (违法建设拆除范围图): one painter for the PDF, the picture and the preview."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter

from weijian.publish import map_frame, sheet_panels
from weijian.publish.corners import Corner, corner_points
from weijian.publish.drafting import Across, Drafter, Type
from weijian.publish.fonts import SheetFonts, fonts_for
from weijian.publish.map_frame import FrameView
from weijian.publish.map_scale import choose_scale, extent_at_scale, offset_within
from weijian.publish.order_sheet import MapImage, OrderMapSheet
from weijian.publish.painting import painting_application
from weijian.publish.paper import PAGES, Box, Page, PageSize
from weijian.publish.pdf_text import with_typed_characters
from weijian.publish.sheet_layout import SheetLayout, sheet_layout
from weijian.publish.sheet_panels import CornerTable
from weijian.whole_results import write_file

__all__ = [
    "PAGES",
    "MapImage",
    "OrderMapSheet",
    "Page",
    "PageSize",
    "choose_scale",
    "extent_at_scale",
    "offset_within",
    "page_count",
    "paint",
    "picture",
    "write_pdf",
    "write_png",
]

_PDF_DPI = 1200
_LETTERING = "违法建设拆除范围图案号审核签章比例尺0123456789.,:;()、。JXYm±²−—"
"""Stands for the sheet's fixed wording when a font is chosen."""


def page_count(sheet: OrderMapSheet) -> int:
    """Pages of the map: one, and more where the corner table runs over."""
    return len(_corner_pages(sheet, _fonts(sheet)))


def paint(sheet: OrderMapSheet, painter: QPainter, number: int = 1) -> None:
    """Paint one page.

    Parameters
    ----------
    sheet : OrderMapSheet
    painter : QPainter
        Its unit is one millimetre of paper, its origin the page's top left corner; it is left as it was.
    number : int
        From 1 to :func:`page_count`.

    Raises
    ------
    StructureTooLarge
        The structures do not fit into the frame at the sheet's scale.
    GlyphsMissing
        No font has all characters of the sheet.
    """
    choose_scale(sheet.structures, sheet.page, sheet.scale)
    fonts = _fonts(sheet)
    pages = _corner_pages(sheet, fonts)
    layout = sheet_layout(sheet.page)
    drafter = Drafter(painter)
    try:
        drafter.box(layout.border, sheet_panels.BORDER, "#ffffff")
        sheet_panels.paint_title(drafter, layout.title, sheet, fonts, layout.body_pt)
        if number == 1:
            _paint_frames(drafter, layout, sheet, fonts)
            sheet_panels.paint_facts(drafter, layout.facts, sheet, fonts, layout.body_pt)
            sheet_panels.paint_legend(drafter, layout.legend, sheet, fonts, layout.body_pt)
            sheet_panels.paint_signature(drafter, layout.signature, sheet, fonts, layout.body_pt)
            for panel in (layout.facts, layout.corners, layout.legend, layout.signature):
                drafter.box(panel, sheet_panels.RULE)
        heading = "拐 点 坐 标 表" if number == 1 else "拐 点 坐 标 表（续）"
        if number < len(pages):
            heading += f"（续表见第 {number + 1} 页）"
        table = _corner_table(layout, fonts, number)
        table.paint(drafter, pages[number - 1], heading)
        sheet_panels.paint_foot(drafter, layout.foot, fonts, layout.body_pt, number, len(pages))
    finally:
        drafter.close()


def picture(sheet: OrderMapSheet, dpi: int = 200, number: int = 1) -> QImage:
    """One page as a picture: the preview, and what :func:`write_png` stores."""
    application = painting_application()
    per_mm = dpi / 25.4
    image = QImage(round(sheet.page.width * per_mm), round(sheet.page.height * per_mm), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(per_mm * 1000))
    image.setDotsPerMeterY(round(per_mm * 1000))
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    try:
        painter.scale(per_mm, per_mm)
        paint(sheet, painter, number)
    finally:
        painter.end()
    del application
    return image


def write_png(sheet: OrderMapSheet, path: Path, dpi: int = 200, number: int = 1) -> Path:
    """Write one page as a PNG that states its resolution.

    Raises
    ------
    StructureTooLarge, GlyphsMissing
        See :func:`paint`.
    TargetUnwritable
        The file cannot be written; nothing is left behind.
    """
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture(sheet, dpi, number))
    return write_file(path, bytes(content.data()))


def write_pdf(sheet: OrderMapSheet, path: Path) -> Path:
    """Write the whole map as a PDF at true scale: at 1:500 a millimetre of paper is half a metre of ground.

    Raises
    ------
    StructureTooLarge, GlyphsMissing
        See :func:`paint`.
    TargetUnwritable
        The file cannot be written; nothing is left behind.
    """
    application = painting_application()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_PDF_DPI)
    writer.setTitle(f"{sheet.title} {sheet.case_no}")
    writer.setCreator("weijian")
    size = QPageSize(
        QSizeF(sheet.page.width, sheet.page.height),
        QPageSize.Unit.Millimeter,
        sheet.page.name,
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    painter = QPainter(writer)
    try:
        painter.scale(_PDF_DPI / 25.4, _PDF_DPI / 25.4)
        for number in range(1, page_count(sheet) + 1):
            if number > 1:
                writer.newPage()
            paint(sheet, painter, number)
    finally:
        painter.end()
    del application
    return write_file(path, with_typed_characters(bytes(content.data())))


def _paint_frames(drafter: Drafter, layout: SheetLayout, sheet: OrderMapSheet, fonts: SheetFonts) -> None:
    extent = extent_at_scale(sheet.structures, sheet.page, sheet.scale, sheet.offset)
    before, after = FrameView(layout.before, extent), FrameView(layout.after, extent)
    earlier = f"前期影像（{sheet.before.flown_on.isoformat()}）" if sheet.before else "前期：建筑档案（无影像）"
    later = f"后期影像（{sheet.after.flown_on.isoformat()}）"
    small = Type(fonts.hei, layout.body_pt * 0.75)
    for view, caption in ((before, earlier), (after, later)):
        strip = Box(view.box.x, view.box.y - layout.caption_height, view.box.width, layout.caption_height)
        drafter.text(strip, caption, Type(fonts.hei, layout.body_pt * 1.1), Across.CENTRE)
        map_frame.paint_grid_labels(drafter, view, sheet.scale, small)
    map_frame.paint_before(drafter, before, sheet)
    numbers = Type(fonts.hei, layout.body_pt * 0.8, bold=True, colour="#b00000")
    map_frame.paint_after(drafter, after, sheet, corner_points(sheet.structures), numbers)


def _corner_table(layout: SheetLayout, fonts: SheetFonts, number: int) -> CornerTable:
    if number == 1:
        return CornerTable(layout.corners, fonts, layout.body_pt)
    return CornerTable(layout.border.below(layout.title.height), fonts, layout.body_pt)


def _corner_pages(sheet: OrderMapSheet, fonts: SheetFonts) -> list[tuple[Corner, ...]]:
    """Which corners stand on which page."""
    layout = sheet_layout(sheet.page)
    corners = corner_points(sheet.structures)
    first = _corner_table(layout, fonts, 1).capacity
    more = _corner_table(layout, fonts, 2).capacity
    return [corners[:first]] + [corners[i : i + more] for i in range(first, len(corners), more)]


def _fonts(sheet: OrderMapSheet) -> SheetFonts:
    texts = (
        sheet.title,
        sheet.case_no,
        sheet.document_no,
        sheet.bureau,
        sheet.place,
        sheet.household_no,
        sheet.parcel_no,
        sheet.party,
        sheet.crs_name,
        sheet.drawn_by,
        sheet.reviewer,
        sheet.after.source,
        sheet.before.source if sheet.before else None,
    )
    return fonts_for(_LETTERING + "".join(text for text in texts if text))
