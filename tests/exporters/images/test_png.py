from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PySide6.QtGui import QImage

from exporters.images.png import png_bytes
from model.drawing.primitives import Drawing
from model.refusals import Refusal
from tests.drawing_samples import sample_sheet
from widgets.common.painter import pixels
from widgets.text_engine import QtTextEngine

SHEET = Drawing(4, 3, ())


def _gradient(drawing: Drawing, scale: float) -> tuple[int, int, bytes]:
    width, height = round(drawing.width * scale), round(drawing.height * scale)
    return width, height, bytes(at % 256 for at in range(4 * width * height))


def test_the_pixels_come_back_as_they_were(qapp: object) -> None:
    data = png_bytes(SHEET, _gradient, 72)
    image = QImage.fromData(data).convertToFormat(QImage.Format.Format_RGBA8888)
    assert (image.width(), image.height()) == (4, 3)
    assert bytes(image.constBits()) == bytes(range(48))


def test_a_picture_is_large_as_its_resolution_says(qapp: object) -> None:
    image = QImage.fromData(png_bytes(SHEET, _gradient, 144))
    assert (image.width(), image.height()) == (8, 6)
    assert image.dotsPerMeterX() == round(144 / 0.0254)


def test_the_file_holds_nothing_but_the_picture() -> None:
    stream, names = BytesIO(png_bytes(SHEET, _gradient)), []
    stream.seek(8)
    while length := stream.read(4):
        names.append(stream.read(4))
        stream.seek(int.from_bytes(length, "big") + 4, 1)
    assert names == [b"IHDR", b"pHYs", b"IDAT", b"IEND"]


def test_the_same_sheet_gives_the_same_file(qapp: object) -> None:
    data = png_bytes(sample_sheet(QtTextEngine()), pixels, 72)
    assert data == png_bytes(sample_sheet(QtTextEngine()), pixels, 72)
    shown = np.frombuffer(QImage.fromData(data).bits(), np.uint8)
    assert shown.std() > 5


@pytest.mark.parametrize("dpi", [0, -5, 5000, float("nan")])
def test_odd_resolutions_are_refused(dpi: float) -> None:
    with pytest.raises(Refusal, match="dots per inch"):
        png_bytes(SHEET, _gradient, dpi)
