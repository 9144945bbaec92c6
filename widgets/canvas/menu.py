"""The context menu of the map: what can be done with what is selected, or with empty ground."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from model.codes import ACTOR_KINDS, LINKAGE_GROUP_NAMES, LINKAGE_GROUPS, LINKAGE_KINDS, TRACKS
from model.commands.linkages import retype, reverse, set_bends, set_label_at
from model.commands.records import set_fields
from model.drawing.bands import BAND_CODES
from model.drawing.icons import actor_icon
from resources.text import tr
from widgets.canvas.clipboard import has_copies
from widgets.common.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from model.layout.tidy import Alignment, Direction
    from widgets.canvas.canvas import MapCanvas

ALIGNMENTS: tuple[tuple[Alignment, str], ...] = (
    ("left", "Left edges"),
    ("centre", "Centres"),
    ("right", "Right edges"),
    ("top", "Upper edges"),
    ("middle", "Middles"),
    ("bottom", "Lower edges"),
)
DISTRIBUTIONS: tuple[tuple[Direction, str], ...] = (
    ("across", "Equal gaps across"),
    ("down", "Equal gaps down"),
)


def canvas_menu(canvas: MapCanvas, at: tuple[float, float]) -> QMenu:
    """The menu for the selection; for empty ground at a map point when nothing is selected."""
    menu = QMenu(canvas)
    actors = canvas.workspace.selected("actors")
    links = canvas.workspace.selected("linkages")
    notes = canvas.workspace.selected("notes")
    tracks = canvas.workspace.selected("tracks")
    if len(tracks) == 1 and len(canvas.workspace.selection) == 1:
        return canvas.bands.menu(tracks[0])
    if len(notes) == 1 and not actors and not links:
        _entry(menu, tr("Write on the note"), lambda: canvas.notes.write(notes[0]), "F2")
    elif len(links) == 1 and not actors:
        _linkage_entries(menu, canvas, links[0])
    elif actors:
        _actor_entries(menu, canvas, actors)
    elif not canvas.workspace.selected("groups"):
        _ground_entries(menu, canvas, at)
    _group_entries(menu, canvas, actors)
    if canvas.workspace.selection:
        menu.addSeparator()
        _entry(menu, tr("Remove"), canvas.delete_selection, "Del")
        _entry(menu, tr("Zoom to selection"), canvas.zoom_selection, "")
    menu.addSeparator()
    _entry(menu, tr("Show the whole map"), canvas.zoom_fit, "Home")
    _entry(menu, tr("Actual size"), canvas.zoom_100, "Ctrl+1")
    return menu


def viewing_menu(canvas: MapCanvas) -> QMenu:
    """The menu while the project is protected: what changes nothing."""
    menu = QMenu(canvas)
    if canvas.workspace.selection:
        _entry(menu, tr("Copy"), canvas.edits.copy, "Ctrl+C")
        _entry(menu, tr("Zoom to selection"), canvas.zoom_selection)
    _entry(menu, tr("Select all"), canvas.select_all, "Ctrl+A")
    menu.addSeparator()
    _entry(menu, tr("Show the whole map"), canvas.zoom_fit, "Home")
    _entry(menu, tr("Actual size"), canvas.zoom_100, "Ctrl+1")
    return menu


def _entry(menu: QMenu, text: str, action: Callable[[], object], keys: str = "") -> QAction:
    entry = menu.addAction(text)
    if keys:
        entry.setText(
            f"{text}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}"
        )
    entry.triggered.connect(lambda _checked=False: action())
    return entry


def _actor_entries(menu: QMenu, canvas: MapCanvas, ids: tuple[str, ...]) -> None:
    if len(ids) == 1:
        _entry(menu, tr("Rename"), lambda: canvas.rename(ids[0]), "F2")
        _entry(menu, tr("Link to another actor"), canvas.link_by_keys, "L")
        _entry(menu, tr("Add note"), lambda: canvas.notes.add_to(("actors", ids[0])), "N")
    document = canvas.workspace.document
    tracks = menu.addMenu(tr("Track"))
    chosen = {document.actors[i].tracks for i in ids if i in document.actors}
    for code in BAND_CODES:
        codes = () if code == "unknown" else (code,)
        entry = _entry(tracks, TRACKS.label(code), _setter(canvas, ids, {"tracks": codes}))
        entry.setCheckable(True)
        entry.setChecked(chosen == {codes})
    _order_entries(menu, canvas, len(ids))
    kinds = menu.addMenu(tr("Kind"))
    for code in ACTOR_KINDS.codes:
        entry = _entry(kinds, ACTOR_KINDS.label(code), _setter(canvas, ids, {"kind": code}))
        entry.setIcon(icon(actor_icon(code), canvas.workspace.style.ink))


def _group_entries(menu: QMenu, canvas: MapCanvas, actors: tuple[str, ...]) -> None:
    groups, key = canvas.groups, canvas.groups.collapsible()
    if key is not None:
        words = tr("Show the members") if groups.is_collapsed(key) else tr("Collapse to one card")
        _entry(menu, words, groups.toggle, "G")
    if key is not None and key[0] == "groups":
        _entry(menu, tr("Rename the group"), lambda: canvas.rename(key[1]), "F2")
        if not actors:
            _entry(menu, tr("Add note"), lambda: canvas.notes.add_to(key), "N")
    if len(actors) > 1:
        _entry(menu, tr("Make a group"), groups.make, "" if key is not None else "G")
    mine = {group.id for actor_id in actors for group in groups.of(actor_id)}
    others = [g for g in canvas.workspace.document.groups.values() if not g.actor_id]
    if actors and others:
        submenu = menu.addMenu(tr("Group"))
        for group in others:
            words = tr("Leave {name}", name=group.label)
            step = partial(groups.leave, group.id)
            if group.id not in mine:
                words = tr("Add to {name}", name=group.label)
                step = partial(groups.add_to, group.id)
            _entry(submenu, words.replace("&", "&&"), step)


def _order_entries(menu: QMenu, canvas: MapCanvas, count: int) -> None:
    edits = canvas.edits
    _entry(menu, tr("Duplicate"), edits.duplicate, "Ctrl+D")
    _entry(menu, tr("Copy"), edits.copy, "Ctrl+C")
    _entry(menu, tr("Cut"), edits.cut, "Ctrl+X")
    pin = _entry(menu, tr("Pinned: arranging leaves it here"), edits.toggle_pins, "P")
    pin.setCheckable(True)
    pin.setChecked(edits.all_pinned())
    if count < 2:
        return
    menu.addMenu(line_up_menu(canvas, count)).setText(tr("Line up"))


def line_up_menu(canvas: MapCanvas, count: int) -> QMenu:
    """What lines up so many selected cards."""
    edits, lines = canvas.edits, QMenu(canvas)
    for how, words in ALIGNMENTS:
        _entry(lines, tr(words), partial(edits.align, how))
    lines.addSeparator()
    for direction, words in DISTRIBUTIONS:
        _entry(lines, tr(words), partial(edits.distribute, direction)).setEnabled(count > 2)
    lines.addSeparator()
    _entry(lines, tr("Same width"), edits.same_width)
    _entry(lines, tr("Width as the words need it"), edits.own_width)
    return lines


def _setter(
    canvas: MapCanvas, ids: tuple[str, ...], values: dict[str, object]
) -> Callable[[], object]:
    document = canvas.workspace.document
    return lambda: canvas.workspace.attempt(lambda: set_fields(document, "actors", ids, values))


def _linkage_entries(menu: QMenu, canvas: MapCanvas, link_id: str) -> None:
    workspace, document = canvas.workspace, canvas.workspace.document
    linkage = document.linkages.get(link_id)
    if linkage is None:
        return
    _entry(menu, tr("Add note"), lambda: canvas.notes.add_to(("linkages", link_id)), "N")
    if linkage.direction == "directed":
        _entry(menu, tr("Reverse"), lambda: workspace.attempt(lambda: reverse(document, link_id)))
    if linkage.bends:
        straighten = partial(set_bends, document, link_id, ())
        _entry(menu, tr("Straighten the line"), lambda: workspace.attempt(straighten))
    if linkage.label_at is not None:
        loosen = partial(set_label_at, document, link_id, None)
        _entry(menu, tr("Label back on the line"), lambda: workspace.attempt(loosen))
    kinds = menu.addMenu(tr("Kind of linkage"))
    for group, members in LINKAGE_GROUPS.items():
        if kinds.actions():
            kinds.addSection(LINKAGE_GROUP_NAMES.label(group))
        for kind in members:
            entry = _entry(kinds, LINKAGE_KINDS.label(kind), _retyper(canvas, link_id, kind))
            entry.setCheckable(True)
            entry.setChecked(kind == linkage.kind)


def _retyper(canvas: MapCanvas, link_id: str, kind: str) -> Callable[[], object]:
    document = canvas.workspace.document
    return lambda: canvas.workspace.attempt(lambda: retype(document, link_id, kind))


def _ground_entries(menu: QMenu, canvas: MapCanvas, at: tuple[float, float]) -> None:
    add = menu.addMenu(tr("Add actor here"))
    for code in ACTOR_KINDS.codes:
        entry = _entry(add, ACTOR_KINDS.label(code), _adder(canvas, code, at))
        entry.setIcon(icon(actor_icon(code), canvas.workspace.style.ink))
    _entry(menu, tr("Add note here"), lambda: canvas.notes.add_at(*at))
    _entry(menu, tr("Paste"), canvas.edits.paste, "Ctrl+V").setEnabled(has_copies())
    _entry(menu, tr("Select all"), canvas.select_all, "Ctrl+A")
    _entry(menu, tr("Bands…"), canvas.bands_by_keys, "B")


def _adder(canvas: MapCanvas, kind: str, at: tuple[float, float]) -> Callable[[], object]:
    return lambda: canvas.add_at(kind, *at)
