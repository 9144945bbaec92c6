from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from model.drawing.colours import contrast
from model.drawing.icons import ICON_GLYPHS
from resources import locate
from widgets.common.icons import icon, icon_pixmap
from widgets.common.theme import apply_theme, style_text, theme_colours, theme_palette

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from model.drawing.palette import Medium

SCREENS: tuple[Medium, ...] = ("light", "dark", "contrast")


@pytest.mark.parametrize("medium", SCREENS)
def test_text_is_legible_wherever_it_stands(medium: Medium) -> None:
    colours = theme_colours(medium)
    grounds = (colours.window, colours.panel, colours.field, colours.hover, colours.accent_soft)
    for ground in grounds:
        assert contrast(colours.text, ground) >= 4.5
    for ground in (colours.window, colours.panel, colours.field):
        for ink in (colours.muted, colours.accent, colours.ok, colours.warning, colours.danger):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.warning, colours.warning_soft) >= 4.5
    assert contrast(colours.danger, colours.danger_soft) >= 4.5
    assert contrast(colours.disabled, colours.panel) >= 2.5


@pytest.mark.parametrize("medium", SCREENS)
def test_the_palette_agrees_with_the_colours(medium: Medium) -> None:
    palette, colours = theme_palette(medium), theme_colours(medium)
    assert palette.window().color().name() == colours.window
    assert palette.highlight().color().name() == colours.accent
    assert palette.highlightedText().color().name() == colours.on_accent


@pytest.fixture(name="application")
def _application(qapp: QApplication) -> Iterator[QApplication]:
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.mark.parametrize("medium", SCREENS)
def test_a_theme_reaches_the_widgets(
    application: QApplication, qtbot: QtBot, medium: Medium
) -> None:
    apply_theme(application, medium)
    button, field = QPushButton("Save"), QLineEdit("name")
    for widget in (button, field):
        qtbot.addWidget(widget)
        widget.show()
    shown = field.grab().toImage().pixelColor(field.width() - 12, field.height() // 2).name()
    assert shown == theme_colours(medium).field
    assert button.font().pixelSize() == 13


def test_pictures_that_the_style_names_exist() -> None:
    for medium in SCREENS:
        for part in style_text(medium).split("url(theme:")[1:]:
            assert locate("theme", part.split(")")[0]).is_file()


def test_icons_take_the_colour_and_the_size_asked_for(qapp: QApplication) -> None:
    image = icon_pixmap("map", "#ff0000", 24, 2.0).toImage()
    assert (image.width(), image.height()) == (48, 48)
    inks = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#ff0000"}


def test_every_icon_of_the_catalogue_shows_something(qapp: QApplication) -> None:
    for name in (*ICON_GLYPHS, "no such icon"):
        image = icon(name, "#000000").pixmap(QSize(16, 16)).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), name


def test_disabled_icons_are_fainter(qapp: QApplication) -> None:
    shown = icon("map", "#000000")
    normal = shown.pixmap(QSize(32, 32), QIcon.Mode.Normal).toImage()
    disabled = shown.pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage()
    alphas = [
        max(image.pixelColor(x, y).alpha() for x in range(32) for y in range(32))
        for image in (normal, disabled)
    ]
    assert alphas[0] == 255
    assert alphas[1] < 130


def test_arrows_are_mirrored_in_right_to_left_windows(qapp: QApplication) -> None:
    plain = icon("back", "#000000").pixmap(QSize(32, 32)).toImage()
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = icon("back", "#000001").pixmap(QSize(32, 32)).toImage()
    finally:
        QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    flipped = plain.flipped(Qt.Orientation.Horizontal)
    alphas = [
        [image.pixelColor(x, y).alpha() for x in range(32) for y in range(32)]
        for image in (plain, mirrored, flipped)
    ]
    assert max(abs(a - b) for a, b in zip(alphas[1], alphas[2], strict=True)) <= 8
    assert max(abs(a - b) for a, b in zip(alphas[0], alphas[1], strict=True)) > 100
