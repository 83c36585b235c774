"""Where the files that come with the program are.

An editable install finds them at the top of the checkout; a wheel carries them inside the package.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _CHECKOUT / name


def resource(*parts: str) -> Path:
    """Path of a file or folder under ``resources/``, e.g. ``resource("templates", "order.docx")``."""
    return _folder("resources").joinpath(*parts)


def manual(language: str) -> Path:
    """Path of the user's manual in a language, "zh" or "en"; its pictures lie in ``pictures`` beside it."""
    return _folder("docs") / ("manual.zh-CN.md" if language == "zh" else "manual.md")


def sample_data(*parts: str) -> Path:
    """Path of a file or folder of the sample village."""
    return _folder("sample_data").joinpath(*parts)
