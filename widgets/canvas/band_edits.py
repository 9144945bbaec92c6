"""Bands of the map: their menu, collapsing, renaming, reordering, taking away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QMenu

from model.commands.arranging import set_band_height
from model.commands.bands import (
    actors_only_on,
    hidden_bands,
    move_band,
    remove_band,
    rename_band,
    set_band_collapsed,
    show_band,
    track_name,
)
from model.drawing.bands import BAND_CODES
from resources.text import plural, tr
from widgets.canvas import overlay
from widgets.canvas.editor import NameEditor
from widgets.canvas.overlay import STRIP

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.drawing.bands import Band
    from widgets.canvas.commands import MapCommands

_NAME_WIDTH = 240.0


class BandEdits:
    """Commands on the bands of a canvas."""

    def __init__(self, canvas: MapCommands) -> None:
        """Work for a canvas."""
        self._canvas = canvas

    def on_strip(self, point: QPointF) -> str:
        """Code of the band whose name strip is under a pixel; "" for none."""
        if not 0 <= point.x() <= STRIP:
            return ""
        return self._canvas.scene.bands.at(self._canvas.map_point(point)[1]).code

    def toggle(self, code: str) -> None:
        """Collapse a band to one card, or open it."""
        collapsed = not self._band(code).collapsed
        self._attempt(lambda doc: set_band_collapsed(doc, code, collapsed=collapsed))

    def move(self, code: str, position: int) -> None:
        """Put a band to a position among the drawn ones."""
        self._attempt(lambda doc: move_band(doc, code, position))

    def rename(self, code: str) -> None:
        """Open the name of a band for typing; nothing typed gives the usual name back."""
        canvas, band = self._canvas, self._band(code)
        if not canvas.workspace.may_edit():
            return
        _, top = canvas.camera.to_screen(0.0, band.top)
        _, bottom = canvas.camera.to_screen(0.0, band.bottom)
        middle = (max(0.0, top) + min(float(canvas.height()), bottom)) / 2
        place = QRectF(STRIP + 4, middle - 14, _NAME_WIDTH, 28)
        editor = NameEditor(canvas, band.title, place)
        editor.setAccessibleName(tr("Name of the band"))
        editor.done.connect(
            lambda text: (
                self._attempt(lambda doc: rename_band(doc, code, text))
                if text.strip() != band.title
                else None
            )
        )

    def remove(self, code: str, target: str) -> None:
        """Take a band away; its actors go to another one, and the status line says so."""
        document = self._canvas.workspace.document
        name = track_name(document, code)
        gone = self._canvas.workspace.attempt(lambda: remove_band(document, code, target))
        if gone is None:
            return
        moved = plural("{count} actor", "{count} actors", gone)
        words = tr(
            "{track} is gone; {actors} now on {target}. Undo brings it back.",
            track=name,
            actors=moved,
            target=track_name(document, target),
        )
        self._canvas.tell(words if gone else tr("{track} is gone.", track=name))

    # menus

    def ask_where_to(self, code: str) -> None:
        """Offer to take a collapsed band away, at its card."""
        canvas, box = self._canvas, self._canvas.box_of(("tracks", code))
        if box is None:
            return
        menu = QMenu(canvas)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        homeless = len(actors_only_on(canvas.workspace.document, code))
        if homeless:
            menu.addAction(_going(homeless)).setEnabled(False)
            self._offer_targets(menu, code)
        else:
            self._offer_removal(menu, code)
        at = overlay.screen_box(box, canvas.camera).bottomLeft().toPoint()
        menu.popup(canvas.mapToGlobal(at))
        menu.setActiveAction(menu.actions()[1 if homeless else 0])

    def menu(self, code: str) -> QMenu:
        """What can be done with a band."""
        menu = QMenu(self._canvas)
        self._fill(menu, code)
        return menu

    def all_bands_menu(self) -> QMenu:
        """A menu with one part for every band, for the keyboard and the menu bar."""
        menu = QMenu(self._canvas)
        menu.setAccessibleName(tr("Bands of the map"))
        for band in self._canvas.scene.bands.entries:
            self._fill(menu.addMenu(_shown(band.title)), band.code)
        self._offer_hidden(menu)
        return menu

    def _fill(self, menu: QMenu, code: str) -> None:
        bands = self._canvas.scene.bands
        band, codes = self._band(code), bands.codes
        at = codes.index(band.code)
        words = tr("Open the band") if band.collapsed else tr("Collapse to one card")
        menu.addAction(words, partial(self.toggle, code))
        menu.addAction(tr("Rename…"), partial(self.rename, code))
        up = menu.addAction(tr("Move up"), partial(self.move, code, at - 1))
        up.setEnabled(at > 0)
        down = menu.addAction(tr("Move down"), partial(self.move, code, at + 1))
        down.setEnabled(at < len(codes) - 1)
        menu.addSeparator()
        higher, lower = tr("Higher"), tr("Lower")
        for text, step in ((higher, 80.0), (lower, -80.0)):
            entry = menu.addAction(text, partial(self._heighten, code, step))
            entry.setEnabled(not band.collapsed)
        menu.addSeparator()
        self._offer_removal(menu, code)
        self._offer_hidden(menu)

    def _heighten(self, code: str, step: float) -> None:
        height = self._band(code).height + step
        self._attempt(lambda doc: set_band_height(doc, code, height))

    def _offer_removal(self, menu: QMenu, code: str) -> None:
        """Removing says where the actors go; who is on other tracks, too, stays there."""
        document = self._canvas.workspace.document
        homeless = len(actors_only_on(document, code))
        drawn = self._canvas.scene.bands.codes
        if not homeless:
            others = [one for one in drawn if one != code]
            entry = menu.addAction(
                tr("Remove the band"), partial(self.remove, code, (*others, "unknown")[0])
            )
            entry.setEnabled(bool(others))
            return
        self._offer_targets(menu.addMenu(_going(homeless)), code)

    def _offer_targets(self, menu: QMenu, code: str) -> None:
        document = self._canvas.workspace.document
        for target in BAND_CODES:
            if target != code:
                name = _shown(track_name(document, target))
                menu.addAction(name, partial(self.remove, code, target))

    def _offer_hidden(self, menu: QMenu) -> None:
        document = self._canvas.workspace.document
        for code in hidden_bands(document):
            words = tr("Show {track} again", track=_shown(track_name(document, code)))
            menu.addAction(words, partial(self._show, code))

    def _show(self, code: str) -> None:
        self._attempt(lambda doc: show_band(doc, code))

    def _band(self, code: str) -> Band:
        return self._canvas.scene.bands.band(code)

    def _attempt(self, command: Callable[..., object]) -> None:
        document = self._canvas.workspace.document
        self._canvas.workspace.attempt(lambda: command(document))


def _going(count: int) -> str:
    return plural(
        "Remove the band; its actor goes to",
        "Remove the band; its {count} actors go to",
        count,
    )


def _shown(name: str) -> str:
    """A name as menus show it: & would underline the next letter."""
    return name.replace("&", "&&")
