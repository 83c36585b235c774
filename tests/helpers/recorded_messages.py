"""Messages that are kept instead of shown, and answers that were agreed beforehand."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QWidget

from weijian.qt.messages import sentence_of


@dataclass
class RecordedMessages:
    """What a test expects is taken off the lists; ``problems`` that remain fail it (see tests/gui/conftest.py)."""

    problems: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    answers: list[bool] = field(default_factory=list)
    files: list[tuple[Path, ...]] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)

    def problem(self, error: BaseException, parent: QWidget | None = None) -> None:
        self.errors.append(error)
        self.problems.append(sentence_of(error, "zh"))

    def notice(self, text: str) -> None:
        self.notices.append(text)

    def ask(self, question: str, *, yes: str, parent: QWidget | None = None) -> bool:
        self.questions.append(question)
        return self.answers.pop(0)

    def open_files(self, title: str, patterns: str, *, many: bool = False) -> tuple[Path, ...]:
        return self.files.pop(0)

    def save_file(self, title: str, suggested: Path, patterns: str) -> Path | None:
        chosen = self.files.pop(0)
        return chosen[0] if chosen else None

    def choose_folder(self, title: str) -> Path | None:
        chosen = self.files.pop(0)
        return chosen[0] if chosen else None

    def expect(self, *words: str) -> str:
        """The one problem that was said; it must have these words in it."""
        assert len(self.problems) == 1, self.problems
        sentence = self.problems.pop()
        for word in words:
            assert word in sentence
        return sentence
