"""An editable install finds what comes with the program in the checkout."""

from pathlib import Path

import pytest

from weijian import assets

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.parametrize(("folder", "find"), [("resources", assets.resource), ("sample_data", assets.sample_data)])
def test_every_file_of_the_folder_is_found(folder, find):
    files = [path.relative_to(CHECKOUT / folder) for path in (CHECKOUT / folder).rglob("*") if path.is_file()]
    assert files
    assert [file for file in files if not find(*file.parts).is_file()] == []


def test_the_bundled_font_comes_with_its_licence():
    assert assets.resource("fonts", "NotoSansSC-Subset.otf").stat().st_size > 1_000_000
    assert "SIL OPEN FONT LICENSE" in assets.resource("fonts", "OFL.txt").read_text(encoding="utf-8")
    assert "NotoSansSC-Subset.otf" in assets.resource("NOTICE.md").read_text(encoding="utf-8")
