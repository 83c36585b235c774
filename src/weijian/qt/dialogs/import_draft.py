"""An import as it is being prepared: what the pages of the import dialog share."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from weijian.cadastre.formats import whole_of
from weijian.cadastre.mapping import FieldMapping
from weijian.domain.errors import InputError
from weijian.domain.table_kind import Kind
from weijian.qt.desk import Desk
from weijian.qt.jobs import Question
from weijian.services.import_preview import TablePreview, preview_table, required_field
from weijian.services.imports import ImportRequest


class ImportDraft(QObject):
    """File, layer, encoding, CRS, kind and mapping of one import.

    ``read`` is emitted when the file was read anew, or could not be; ``settled`` when anything else changed.
    """

    read = Signal()
    settled = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._question: Question | None = None
        self.start_anew()

    def start_anew(self) -> None:
        """Forget everything."""
        self.file: Path | None = None
        self.layer: str | None = None
        self.encoding = "auto"
        self.crs: str | None = None
        self.kind: Kind | None = None
        self.mapping: FieldMapping | None = None
        self.preview: TablePreview | None = None
        self.error: BaseException | None = None
        self.reading = False
        self.edited = False

    def take_file(self, file: Path) -> None:
        """Another file: nothing of the one before holds."""
        self.start_anew()
        self.file = whole_of(file)
        self._read()

    def take_layer(self, layer: str) -> None:
        """Another layer of the file."""
        self.layer, self.kind, self.mapping, self.edited = layer, None, None, False
        self._read()

    def take_encoding(self, encoding: str) -> None:
        """Another encoding: headings may read differently."""
        self.encoding, self.mapping, self.edited = encoding, None, False
        self._read()

    def take_crs(self, crs: str | None) -> None:
        """The CRS that the coordinates are in, in place of what the file states."""
        if crs != self.crs:
            self.crs = crs
            self._read()

    def take_kind(self, kind: Kind) -> None:
        """What the table holds."""
        if kind is not self.kind:
            self.kind, self.edited = kind, False
            self.mapping = None if self.preview is None else self.preview.mapped[kind]
            self.settled.emit()

    def take_mapping(self, mapping: FieldMapping) -> None:
        """Which column means what, by the user's hand."""
        self.mapping, self.edited = mapping, True
        self.settled.emit()

    @property
    def unmapped(self) -> str | None:
        """The field that is needed and has no column; None when all is well."""
        if self.kind is None or self.mapping is None:
            return None
        needed = required_field(self.kind)
        return None if needed in self.mapping.columns or needed in self.mapping.constants else needed

    @property
    def lost_headings(self) -> tuple[str, ...]:
        """Columns that the mapping names and the file does not have."""
        if self.mapping is None or self.preview is None:
            return ()
        return tuple(heading for heading in self.mapping.columns.values() if heading not in self.preview.headings)

    def request(self, *, skip_bad_rows: bool) -> ImportRequest | None:
        """What is to be imported; None while it is not known."""
        if self.file is None or self.kind is None or self.mapping is None or self.preview is None:
            return None
        return ImportRequest(
            kind=self.kind,
            file=self.file,
            workspace=self._desk.folder,
            layer=self.preview.layer,
            encoding=self.encoding,
            crs=self.crs,
            mapping=self.mapping,
            skip_bad_rows=skip_bad_rows,
        )

    def _read(self) -> None:
        if self._question is not None:
            self._question.drop()
        self.error, self.reading = None, True
        if self.file is not None:
            asked = (self.file, self.layer, self.encoding, self.crs, self._desk.crs)
            look = partial(preview_table, *asked, workspace=self._desk.folder)
            self._question = self._desk.jobs.ask(self, look, self._take_preview, self._take_error)
        self.read.emit()

    def _take_preview(self, preview: TablePreview) -> None:
        self.preview, self.reading = preview, False
        self.kind = self.kind or preview.kind
        if self.mapping is None and self.kind is not None:
            self.mapping = preview.mapped[self.kind]
        self.read.emit()

    def _take_error(self, error: BaseException) -> None:
        self.error, self.reading = error, False
        if not isinstance(error, InputError):
            self._desk.messages.problem(error)
        self.preview = None
        self.read.emit()
