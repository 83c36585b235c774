"""What the window has said so far, to be read again: a box is closed and a line in the status bar passes."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from weijian.domain.language import Language
from weijian.qt.messages import Messages, details_of, sentence_of

_MOST = 500


@dataclass(frozen=True)
class Message:
    """One thing that was said.

    Attributes
    ----------
    at : datetime
        On the clock of the place, without zone.
    grave : bool
        Whether something went wrong.
    text : str
        The sentence.
    details : str
        For those who can use them; empty when there are none.
    """

    at: datetime
    grave: bool
    text: str
    details: str = ""


class MessageLog(QObject):
    """The last few hundred messages, the oldest first. Kept in memory only, since sentences may name people's files.

    ``changed`` is emitted after every message and when the log was emptied.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: deque[Message] = deque(maxlen=_MOST)

    @property
    def messages(self) -> tuple[Message, ...]:
        """What is kept."""
        return tuple(self._messages)

    def add(self, text: str, *, grave: bool, details: str = "") -> None:
        """Keep a message of this moment."""
        now = datetime.now().astimezone().replace(tzinfo=None)
        self._messages.append(Message(now, grave, text, details))
        self.changed.emit()

    def clear(self) -> None:
        """Forget all of them."""
        self._messages.clear()
        self.changed.emit()


class LoggedMessages:
    """A gateway that also writes into a log what it says.

    Parameters
    ----------
    messages : Messages
        Says and asks.
    log : MessageLog
        Keeps problems and notices.
    language : {"zh", "en"}
        Of error sentences.
    """

    def __init__(self, messages: Messages, log: MessageLog, language: Language) -> None:
        self._messages = messages
        self._log = log
        self._language = language

    def problem(self, error: BaseException, parent: QWidget | None = None) -> None:
        """Say what went wrong, and keep it."""
        self._log.add(sentence_of(error, self._language), grave=True, details=details_of(error))
        self._messages.problem(error, parent)

    def notice(self, text: str) -> None:
        """Say in passing that something was done, and keep it."""
        self._log.add(text, grave=False)
        self._messages.notice(text)

    def ask(self, question: str, *, yes: str, parent: QWidget | None = None) -> bool:
        """Ask before something that matters."""
        return self._messages.ask(question, yes=yes, parent=parent)

    def open_files(self, title: str, patterns: str, *, many: bool = False) -> tuple[Path, ...]:
        """Ask for files to read."""
        return self._messages.open_files(title, patterns, many=many)

    def save_file(self, title: str, suggested: Path, patterns: str) -> Path | None:
        """Ask where to write."""
        return self._messages.save_file(title, suggested, patterns)

    def choose_folder(self, title: str) -> Path | None:
        """Ask for a folder."""
        return self._messages.choose_folder(title)
