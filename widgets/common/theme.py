"""The look of the window: spacing, type sizes, colours per theme, palette and a small style sheet.

Everything stands on an 8-pixel grid. Colours come from the same bases as the drawings, so window
and map fit together; text reaches a contrast of 4.5 on everything it stands on (tested).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QFont, QPalette

from model.drawing import palette as drawing_palette
from model.drawing.colours import luminance, mixed
from model.drawing.font_files import font_files
from resources import locate
from widgets.fonts import register_main_fonts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from model.drawing.palette import Medium

__all__ = [
    "GRID",
    "ICON_SIZE",
    "RADIUS",
    "ThemeColours",
    "TypeSizes",
    "apply_theme",
    "style_text",
    "theme_colours",
    "theme_palette",
    "ui_font",
]

GRID: Final = 8
"""Pixels of the grid that margins and distances are multiples (or halves) of."""
RADIUS: Final = 6
"""Pixels of rounded corners."""
ICON_SIZE: Final = 20
"""Pixels of icons in toolbars and rows."""


class TypeSizes(NamedTuple):
    """The type scale of the window in pixels."""

    small: int = 12
    body: int = 13
    heading: int = 15
    title: int = 20
    display: int = 28


class ThemeColours(NamedTuple):
    """What each colour of the window is for; `on_...` is what stands on the colour named."""

    window: str
    panel: str
    field: str
    text: str
    muted: str
    disabled: str
    line: str
    accent: str
    on_accent: str
    accent_soft: str
    hover: str
    ok: str
    warning: str
    danger: str
    warning_soft: str
    danger_soft: str


@lru_cache(maxsize=8)
def theme_colours(medium: Medium) -> ThemeColours:
    """The colours of the window in a medium of the screen."""
    base = drawing_palette.BASES[medium]
    severities = {
        code: base.pick(light, dark, base.ink)
        for code, (light, dark, _icon) in drawing_palette.SEVERITIES.items()
    }
    strong = medium == "contrast"
    return ThemeColours(
        window=base.background,
        panel=base.surface,
        field=base.surface,
        text=base.ink,
        muted=base.muted_ink,
        disabled=mixed(base.ink, base.surface, 0.45),
        line=base.line,
        accent=base.accent,
        on_accent=base.on_colour,
        accent_soft=mixed(base.surface, base.accent, 0.25 if strong else 0.13),
        hover=mixed(base.background, base.ink, 0.2 if strong else 0.06),
        ok=severities["ok"],
        warning=severities["medium"],
        danger=severities["high"],
        warning_soft=mixed(base.surface, severities["medium"], 0.12),
        danger_soft=mixed(base.surface, severities["high"], 0.1),
    )


def theme_palette(medium: Medium) -> QPalette:
    """The Qt palette of a theme."""
    colours = theme_colours(medium)
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for target, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.field,
        role.AlternateBase: mixed(colours.field, colours.text, 0.03),
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.panel,
        role.ButtonText: colours.text,
        role.BrightText: colours.danger,
        role.ToolTipBase: colours.text,
        role.ToolTipText: colours.panel,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Accent: colours.accent,
        role.Light: mixed(colours.panel, colours.text, 0.04),
        role.Midlight: mixed(colours.panel, colours.text, 0.08),
        role.Mid: colours.line,
        role.Dark: mixed(colours.line, colours.text, 0.3),
        role.Shadow: mixed(colours.line, colours.text, 0.6),
    }.items():
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, target, QColor(colours.disabled))
    return palette


def ui_font(size: int = TypeSizes().body, *, bold: bool = False) -> QFont:
    """The font of the window: our own files, so that labels and map look alike."""
    register_main_fonts()
    font = QFont(list(dict.fromkeys(file.family for file in font_files().values())))
    font.setPixelSize(size)
    font.setBold(bold)
    return font


def apply_theme(application: QApplication, medium: Medium) -> None:
    """Give the whole application the look that goes with drawings on a medium.

    It is made for Qt's style Fusion, which the application is started with.
    """
    QDir.setSearchPaths("theme", [str(locate("theme"))])
    application.setFont(ui_font())
    application.setPalette(theme_palette(medium))
    application.setStyleSheet(style_text(medium))


def style_text(medium: Medium) -> str:
    """The style sheet of the window: what a palette cannot say, kept small for a quick start."""
    colours = theme_colours(medium)
    edge = 2 if medium == "contrast" else 1
    return _STYLE.format(
        edge=edge,
        radius=RADIUS,
        grid=GRID,
        half=GRID // 2,
        handle=mixed(colours.panel, colours.text, 0.7 if medium == "contrast" else 0.3),
        round=7 + edge,
        ring=4 + edge,
        sign="black" if luminance(colours.panel) > 0.5 else "white",
        tick="black" if luminance(colours.accent) > 0.4 else "white",
        small=TypeSizes().small,
        heading=TypeSizes().heading,
        title=TypeSizes().title,
        display=TypeSizes().display,
        **{name: getattr(colours, name) for name in ThemeColours._fields},
    )


_STYLE: Final = """
QToolBar {{ background: {panel}; border: 0; border-bottom: {edge}px solid {line};
    spacing: {half}px; padding: {half}px {grid}px; }}
QToolBar::separator {{ background: {line}; width: {edge}px; margin: {half}px; }}
QToolButton {{ border: {edge}px solid transparent; border-radius: {radius}px;
    padding: {half}px {grid}px; color: {text}; }}
QToolButton:hover {{ background: {hover}; }}
QToolButton:checked, QToolButton:pressed {{ background: {accent_soft}; border-color: {accent}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton:disabled {{ color: {disabled}; }}
QPushButton {{ background: {panel}; color: {text}; border: {edge}px solid {line};
    border-radius: {radius}px; padding: {half}px {grid}px; min-height: 24px; min-width: 64px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border-color: {accent}; }}
QPushButton:pressed {{ background: {accent_soft}; }}
QPushButton:default {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton:default:focus {{ border-color: {text}; }}
QPushButton:disabled {{ background: {window}; color: {disabled}; border-color: {line}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {{ background: {field};
    color: {text}; border: {edge}px solid {line}; border-radius: {radius}px;
    padding: {half}px {grid}px; selection-background-color: {accent};
    selection-color: {on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus,
QAbstractSpinBox:focus {{ border-color: {accent}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {disabled};
    background: {window}; }}
QComboBox QLineEdit {{ border: 0; padding: 0; background: transparent; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow, QAbstractSpinBox::down-arrow {{ image: url(theme:down-{sign}.svg);
    width: 14px; height: 14px; }}
QAbstractSpinBox::up-arrow {{ image: url(theme:up-{sign}.svg); width: 14px; height: 14px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: 0; width: 24px;
    background: transparent; }}
QDateEdit::drop-down {{ border: 0; width: 24px; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {window};
    border: {edge}px solid {line}; border-bottom: 0; }}
QCalendarWidget QAbstractItemView {{ border: {edge}px solid {line}; border-radius: 0; }}
QCheckBox, QRadioButton {{ spacing: {grid}px; }}
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator, QAbstractItemView::indicator {{
    width: 14px; height: 14px; border: {edge}px solid {muted}; background: {field};
    border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: {round}px; }}
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QAbstractItemView::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url(theme:tick-{tick}.svg); }}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {{
    background: {accent_soft}; border-color: {accent}; }}
QRadioButton::indicator:checked {{ background: {on_accent}; width: 6px; height: 6px;
    border: {ring}px solid {accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {accent}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {accent}; }}
QTabWidget::pane {{ border: 0; border-top: {edge}px solid {line}; }}
QHeaderView::section {{ background: {window}; color: {muted}; border: 0;
    border-bottom: {edge}px solid {line}; padding: {half}px {grid}px; font-weight: bold; }}
QTableCornerButton::section {{ background: {window}; border: 0;
    border-bottom: {edge}px solid {line}; }}
QTableView, QTreeView, QListView {{ background: {panel}; border: {edge}px solid {line};
    border-radius: {radius}px; gridline-color: {line}; }}
QDockWidget {{ color: {text}; font-weight: bold; }}
QDockWidget::title {{ background: {window}; padding: {grid}px; }}
QMainWindow::separator {{ background: {line}; width: {edge}px; height: {edge}px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {handle}; border-radius: 4px; margin: 2px; min-height: 24px;
    min-width: 24px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QStatusBar {{ background: {panel}; border-top: {edge}px solid {line}; }}
QStatusBar::item {{ border: 0; }}
QMenu {{ background: {panel}; border: {edge}px solid {line}; padding: {half}px; }}
QMenu::item {{ padding: {half}px 24px {half}px {grid}px; border-radius: {half}px; }}
QMenu::item:selected {{ background: {accent}; color: {on_accent}; }}
QMenu::item:disabled {{ color: {disabled}; background: transparent; }}
QMenu::separator {{ height: {edge}px; background: {line}; margin: {half}px {grid}px; }}
QToolTip {{ background: {text}; color: {panel}; border: 0; padding: {half}px {grid}px; }}
QTabBar::tab {{ padding: {half}px {grid}px; color: {muted}; border: 0;
    border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:focus {{ color: {accent}; }}
QTabBar::scroller {{ width: 28px; }}
QTabBar QToolButton {{ padding: 0; background: {panel}; }}
QLabel[role="display"] {{ font-size: {display}px; font-weight: bold; }}
QLabel[role="lead"] {{ font-size: {heading}px; }}
QLabel[role="heading"] {{ font-size: {heading}px; font-weight: bold; }}
QLabel[role="card-title"] {{ font-weight: bold; }}
QLabel[role="explanation"] {{ color: {muted}; }}
QLabel[role="problem"] {{ color: {danger}; font-weight: bold; }}
QLabel[state="failed"] {{ color: {danger}; font-weight: bold; }}
QLabel[state="saved"] {{ color: {ok}; }}
QPushButton[role="card"] {{ text-align: left; padding: 0; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton[role="primary"]:focus {{ border-color: {text}; }}
QLabel#title {{ font-size: {title}px; font-weight: bold; }}
QLabel#heading {{ font-size: {heading}px; font-weight: bold; }}
QLabel#hint {{ color: {muted}; font-size: {small}px; }}
"""
