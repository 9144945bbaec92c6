"""Screen, PDF and SVG must show the same picture: compared pixel by pixel at 100 dots per inch."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from exporters.images.svg import svg_text
from exporters.pdf.canvas import PdfPainter, new_canvas
from tests.drawing_samples import sample_sheet
from widgets.common.painter import rasterise
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

DPI = 100


def _array(image: QImage, width: int, height: int) -> NDArray[np.float64]:
    shown = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(bytes(shown.constBits()), np.uint8).reshape(
        shown.height(), shown.bytesPerLine()
    )
    return rows[:height, : 3 * width].astype(np.float64)


def _blurred(picture: NDArray[np.float64]) -> NDArray[np.float64]:
    """Means of 4 by 4 pixels, so that only differences of place and ink count, not of smoothing."""
    height, width = picture.shape[0] // 4 * 4, picture.shape[1] // 12 * 12
    blocks = picture[:height, :width].reshape(height // 4, 4, width // 12, 4, 3)
    means: NDArray[np.float64] = blocks.mean(axis=(1, 3))
    return means


def _assert_alike(one: QImage, other: QImage) -> None:
    width, height = min(one.width(), other.width()), min(one.height(), other.height())
    assert abs(one.width() - other.width()) <= 1
    assert abs(one.height() - other.height()) <= 1
    first, second = (_blurred(_array(image, width, height)) for image in (one, other))
    # Qt sets glyphs on whole pixels of height, the others do not: hence a small difference.
    difference = np.abs(first - second)
    assert difference.mean() < 2.5
    assert (difference.max(axis=2) > 96).mean() < 0.002


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
def test_paper_shows_what_the_screen_shows(qapp: object, tmp_path: Path) -> None:
    sheet = sample_sheet(QtTextEngine())
    canvas = new_canvas(str(tmp_path / "sheet.pdf"), (sheet.width, sheet.height))
    PdfPainter(canvas).draw(sheet, 0, sheet.height)
    canvas.showPage()
    canvas.save()
    subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-png", "-singlefile", "sheet.pdf", "sheet"],
        cwd=tmp_path,
        check=True,
        timeout=60,
    )
    _assert_alike(QImage(str(tmp_path / "sheet.png")), rasterise(sheet, DPI / 72))


def test_svg_shows_what_the_screen_shows(qapp: object) -> None:
    """Only the texts and icons: Qt's own SVG reader knows no clipping."""
    svg = pytest.importorskip("PySide6.QtSvg")
    sheet = sample_sheet(QtTextEngine())
    screen = rasterise(sheet, DPI / 72)
    image = QImage(screen.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    svg.QSvgRenderer(svg_text(sheet).encode()).render(painter)
    painter.end()
    below = screen.rect().adjusted(0, round(295 * DPI / 72), 0, 0)
    _assert_alike(image.copy(below), screen.copy(below))
