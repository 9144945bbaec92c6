"""The pages of a pack below one another, as they will be; painted when they come into sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.dialogs.question import plain_label
from desktop.preview import Preview
from resources.text import plural, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.tasks import FlowRunner
    from exporters.request import ExportRequest

_MARGIN: Final = 12
_LEAST: Final = 160
_NEAR: Final = 400
"""Pixels beyond the edge within which pages are painted ahead."""
_SETTLED_MS: Final = 200


class PagesView(QWidget):
    """A column of pages with a line above that says what they are."""

    def __init__(self, runner: FlowRunner) -> None:
        """Begin without pages."""
        super().__init__()
        self.preview = Preview(runner, self)
        self.says = plain_label(tr("The pages appear here."), "explanation")
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(tr("Pages as they will be"))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._column.setSpacing(_MARGIN)
        self.area.setWidget(self._inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.says)
        outer.addWidget(self.area, 1)
        self.pages: list[QLabel] = []
        self._sizes: list[tuple[float, float]] = []
        self._asked: set[int] = set()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED_MS)
        self._settle.timeout.connect(self._fit)
        self.preview.laid_out.connect(self._lay)
        self.preview.shown.connect(self._show)
        self.preview.stuck.connect(self._tell)
        self.area.verticalScrollBar().valueChanged.connect(lambda _: self._ask())

    def show_pages(self, data: bytes, request: ExportRequest) -> None:
        """Show the pages of a request for an encoded redacted copy as soon as they are laid out."""
        self.says.setText(tr("Laying out pages…"))
        self.preview.lay_out(data, request)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages are as wide as there is room."""
        super().resizeEvent(event)
        self._settle.start()

    def _lay(self, pages: tuple[tuple[float, float, str], ...]) -> None:
        self._sizes = [(width, height) for width, height, _head in pages]
        while len(self.pages) > len(pages):
            label = self.pages.pop()
            self._column.removeWidget(label)
            label.deleteLater()
        while len(self.pages) < len(pages):
            label = QLabel()
            label.setProperty("role", "paper")
            label.setStyleSheet("background: white; border: 1px solid #888;")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
            self.pages.append(label)
        for number, (label, page) in enumerate(zip(self.pages, pages, strict=True), start=1):
            name = tr("Page {number}: {head}", number=number, head=page[2] or tr("Cover"))
            label.setAccessibleName(name)
            label.setToolTip(name)
        text = plural("{count} page.", "{count} pages.", len(pages))
        self.says.setText(text)
        self._fit()

    def _fit(self) -> None:
        """Give every page its size; pictures are painted anew for it."""
        self._asked.clear()
        for label, size in zip(self.pages, self._sizes, strict=True):
            label.setFixedSize(self._size(size))
        # Places are right only after the layout has run.
        QTimer.singleShot(0, self, self._ask)

    def _size(self, size: tuple[float, float]) -> QSize:
        room = self.area.viewport().width() - 2 * _MARGIN - 2
        widest = max(one[0] for one in self._sizes)
        width = max(_LEAST, round(room * min(1.0, size[0] / min(widest, 842.0))))
        return QSize(width, round(width * size[1] / size[0]))

    def _ask(self) -> None:
        """Ask for pages that are in sight or nearly so, and have not been asked for."""
        top = self.area.verticalScrollBar().value() - _NEAR
        bottom = top + self.area.viewport().height() + 2 * _NEAR
        ratio = self.devicePixelRatioF()
        for number, label in enumerate(self.pages):
            place = label.geometry()
            if number not in self._asked and place.bottom() >= top and place.top() <= bottom:
                self._asked.add(number)
                self.preview.want(number, round((place.width() - 2) * ratio))

    def _show(self, number: int, image: QImage) -> None:
        if number < len(self.pages):
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self.pages[number].setPixmap(QPixmap.fromImage(image))

    def _tell(self, message: str) -> None:
        self.says.setText(message or tr("The pages cannot be shown; the pack can still be made."))
