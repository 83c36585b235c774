"""A problem said inside a dialog, so that what was entered stays before the user's eyes."""

from PySide6.QtWidgets import QLabel

from weijian.domain.language import Language
from weijian.qt.messages import sentence_of


def say_inline(label: QLabel, error: BaseException, language: Language) -> None:
    """Show an error's sentence in a label, which is hidden as long as there is nothing to say."""
    label.setText(f"⚠ {sentence_of(error, language)}")
    label.setVisible(True)
    label.window().adjustSize()
