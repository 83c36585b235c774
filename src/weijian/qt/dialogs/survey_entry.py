"""One survey as it is being described, before it is added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from weijian.domain.errors import CrsMissing
from weijian.qt.operations.surveys import NewSurvey
from weijian.services.survey_preview import SurveyPreview, Thumbnail


@dataclass
class SurveyEntry:
    """What the user said of a survey and what was seen of its files; ``serial`` tells answers that came too late."""

    ortho: Path | None = None
    dsm: Path | None = None
    flown_on: date | None = None
    name: str = ""
    crs: str | None = None
    preview: SurveyPreview | None = None
    thumbnail: Thumbnail | None = None
    error: BaseException | None = None
    looking: bool = False
    serial: int = 0

    @property
    def wants_crs(self) -> bool:
        """Whether the files state no coordinate system of their own."""
        return self.crs is not None or isinstance(self.error, CrsMissing)

    @property
    def title(self) -> str:
        """What it is called in a list."""
        file = self.ortho or self.dsm
        return self.name or (file.name if file else "")

    def begin_to_look(self) -> int:
        """Forget what was seen; the number goes with the new question."""
        self.preview = self.thumbnail = self.error = None
        self.looking = self.ortho is not None
        self.serial += 1
        return self.serial

    def described(self) -> NewSurvey | None:
        """What is to be registered; None while something is missing."""
        if self.ortho is None or self.flown_on is None or self.preview is None:
            return None
        return NewSurvey(self.ortho, self.dsm, self.flown_on, self.name.strip(), self.crs)
