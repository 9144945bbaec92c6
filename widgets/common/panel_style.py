"""What the panels at the side look like beyond the theme: captions, chips, answers, rows, cards."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from widgets.common.theme import RADIUS, TypeSizes, theme_colours

if TYPE_CHECKING:
    from model.drawing.palette import Medium


@lru_cache(maxsize=8)
def panel_style(medium: Medium) -> str:
    """The style sheet that inspector, checklist and attention panel share."""
    colours = theme_colours(medium)
    sizes = TypeSizes()
    edge = 2 if medium == "contrast" else 1
    return f"""
QScrollArea {{ border: 0; background: {colours.panel}; }}
QWidget#page {{ background: {colours.panel}; }}
QLabel {{ background: transparent; }}
QLabel#caption {{ color: {colours.muted}; font-size: {sizes.small}px; }}
QLabel#refusal {{ color: {colours.danger}; font-size: {sizes.small}px; }}
QLabel#name {{ font-size: {sizes.heading}px; font-weight: bold; }}
QLabel#muted {{ color: {colours.muted}; font-size: {sizes.small}px; }}
QLabel#mark {{ color: {colours.warning}; border: {edge}px dashed {colours.warning};
    border-radius: 4px; padding: 1px 6px; font-size: {sizes.small}px; }}
QLabel#badge {{ color: {colours.muted}; border: {edge}px solid {colours.line};
    border-radius: 4px; padding: 1px 6px; font-size: {sizes.small}px; }}
QToolButton#section {{ border: 0; border-radius: 0; border-top: {edge}px solid {colours.line};
    color: {colours.text}; font-weight: bold; padding: 8px 0; text-align: left; }}
QToolButton#section:pressed {{ background: transparent;
    border-color: {colours.line}; }}
QToolButton#section:hover, QToolButton#section:focus {{ color: {colours.accent};
    background: transparent; }}
QComboBox QLineEdit {{ border: 0; padding: 0; background: transparent; }}
QToolButton#choice {{ border: {edge}px solid {colours.line}; border-radius: {RADIUS}px;
    padding: 3px 8px; background: {colours.field}; }}
QToolButton#choice:hover {{ background: {colours.hover}; }}
QToolButton#choice:focus {{ border-color: {colours.accent}; }}
QToolButton#choice:checked {{ background: {colours.accent}; color: {colours.on_accent};
    border-color: {colours.accent}; font-weight: bold; }}
QToolButton#choice:checked:focus {{ border-color: {colours.text}; }}
QToolButton#filter {{ border: {edge}px solid {colours.line}; border-radius: {RADIUS}px;
    padding: 2px 6px; color: {colours.muted}; background: {colours.field}; }}
QToolButton#filter:hover {{ background: {colours.hover}; }}
QToolButton#filter:checked {{ border-color: {colours.accent}; color: {colours.text};
    background: {colours.accent_soft}; }}
QToolButton#filter:focus {{ border-color: {colours.text}; }}
QTreeView {{ border: 0; border-top: {edge}px solid {colours.line}; border-radius: 0;
    border-bottom: {edge}px solid {colours.line}; outline: 0; }}
QToolButton#chip {{ border: {edge}px solid {colours.line}; border-radius: 10px;
    padding: 2px 8px; background: {colours.window}; }}
QToolButton#chip:hover, QToolButton#chip:focus {{ border-color: {colours.accent}; }}
QPushButton#row {{ border: {edge}px solid transparent; border-radius: 4px; text-align: left;
    padding: 3px 6px; background: transparent; min-width: 0; }}
QPushButton#row:hover {{ background: {colours.hover}; }}
QPushButton#row:focus {{ border-color: {colours.accent}; }}
QPushButton#more {{ border: 0; color: {colours.accent}; text-align: left; padding: 3px 6px;
    background: transparent; min-width: 0; }}
QPushButton#more:focus {{ text-decoration: underline; }}
QFrame#gate {{ border: {edge}px solid {colours.danger}; border-radius: {RADIUS}px;
    background: {colours.window}; }}
QLabel#gateHeading {{ color: {colours.danger}; font-weight: bold; }}
QFrame#item {{ border: 0; border-bottom: {edge}px solid {colours.line}; border-radius: 0; }}
QFrame#item[opened="true"] {{ background: {colours.window}; }}
"""
