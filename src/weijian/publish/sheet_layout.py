"""Where the parts of the order map lie on each page."""

from __future__ import annotations

import math
from dataclasses import dataclass

from weijian.publish.paper import Box, Page, PageSize


@dataclass(frozen=True)
class SheetLayout:
    """Boxes of the order map's first page, in millimetres; ``body_pt`` is the size of its ordinary text.

    ``before`` and ``after`` are the two map frames: same size, so same ground at the same scale.
    """

    border: Box
    title: Box
    before: Box
    after: Box
    facts: Box
    corners: Box
    legend: Box
    signature: Box
    foot: Box
    body_pt: float
    caption_height: float
    label_width: float


def sheet_layout(page: Page) -> SheetLayout:
    """Lay the order map out on a page.

    The left margin is for binding. Frames are whole millimetres, so that their ground extent is a round number.
    """
    large = page.size is PageSize.A3
    margin, binding, foot_height = (10.0, 25.0, 8.0) if large else (7.0, 25.0, 7.0)
    border = Box(binding, margin, page.width - binding - margin, page.height - 2 * margin - foot_height)
    title = border.top_slice(20.0 if large else 15.0)
    caption, label, gap = (7.0, 5.0, 4.0) if large else (6.0, 4.2, 3.0)

    frame_width = math.floor((border.width - 2 * label - 3 * gap) / 2)
    share = 0.545 if page.landscape else 0.42
    frame_height = math.floor(border.height * share)
    spare = (border.width - 2 * label - 2 * frame_width) / 3
    top = title.bottom + caption
    before = Box(border.x + spare + label, top, frame_width, frame_height)
    after = Box(before.right + spare + label, top, frame_width, frame_height)

    panel = border.below(before.bottom + label + 1.5 - border.y)
    if page.landscape:
        facts, corners, legend, signature = panel.columns(0.315, 0.35, 0.165, 0.17)
    else:
        upper, lower = panel.rows(0.62, 0.38)
        facts, corners = upper.columns(0.47, 0.53)
        legend, signature = lower.columns(0.47, 0.53)
    foot = Box(border.x, border.bottom, border.width, foot_height)
    body_pt = 10.0 if large else 8.0
    return SheetLayout(border, title, before, after, facts, corners, legend, signature, foot, body_pt, caption, label)
