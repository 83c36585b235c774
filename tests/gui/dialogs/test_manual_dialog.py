import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser

from gui.windows import Driver
from weijian.assets import manual
from weijian.qt.dialogs.manual_dialog import ManualDialog


def test_the_manual_is_read_beside_the_work(user: Driver) -> None:
    user.window.commands["manual"].trigger()
    dialog = user.dialog(ManualDialog)
    user.settle()
    pages = dialog.findChild(QTextBrowser, "manual")
    assert "一户一档" in pages.toPlainText()
    assert not dialog.isModal()
    pages.setSource(QUrl("cluster.md"))  # as a click on the link does
    assert "Dask" in pages.toPlainText()
    pages.backward()
    assert "一户一档" in pages.toPlainText()
    dialog.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_its_pictures_are_there_and_fit(user: Driver, language: str) -> None:
    dialog = ManualDialog(language, user.window)
    dialog.show()
    user.settle()
    pages = dialog.findChild(QTextBrowser, "manual")
    names = [
        line.split("](")[1].split(")")[0] for line in manual(language).read_text("utf-8").splitlines() if "![" in line
    ]
    assert names
    for name in names:
        picture = pages.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name))
        assert 0 < picture.width() <= pages.viewport().width()
    dialog.close()
