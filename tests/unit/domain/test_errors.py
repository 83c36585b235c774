import pickle
import string

import pytest

from weijian.domain import errors
from weijian.domain.language import language_of


def every_error(root: type[errors.WeijianError] = errors.WeijianError) -> list[type[errors.WeijianError]]:
    return [root] + [e for child in root.__subclasses__() for e in every_error(child)]


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("kind", every_error(), ids=lambda k: k.__name__)
def test_both_languages_say_the_same_data(kind: type[errors.WeijianError]) -> None:
    assert fields(kind.zh) == fields(kind.en)
    error = kind(**dict.fromkeys(fields(kind.zh), "X"))
    assert "{" not in error.sentence("zh") + error.sentence("en")
    assert any("\u4e00" <= c <= "\u9fff" for c in error.sentence("zh")) or kind is errors.InputError


def test_an_error_survives_a_process_border() -> None:
    error = pickle.loads(pickle.dumps(errors.FileMissing(path="a.tif")))  # noqa: S301
    assert isinstance(error, FileNotFoundError)
    assert error.data == {"path": "a.tif"}
    assert "a.tif" in error.sentence("zh")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.GBK"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"WEIJIAN_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ({"WEIJIAN_LANG": "", "LANG": "en"}, "en"),
    ],
)
def test_language_is_chinese_unless_english_is_asked_for(environment: dict[str, str], expected: str) -> None:
    assert language_of(environment) == expected
