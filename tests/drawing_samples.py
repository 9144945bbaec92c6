"""A sheet that uses every primitive and every script, for the tests of all renderers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.icons import ICON_GLYPHS
from model.drawing.primitives import (
    Drawing,
    Ellipse,
    Fill,
    Group,
    Hatch,
    HorizontalAnchor,
    Icon,
    Label,
    PathBuilder,
    Polyline,
    Rect,
    Stroke,
)
from model.drawing.style import style_sheet, text_style

if TYPE_CHECKING:
    from model.drawing.primitives import Primitive
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine

LATIN = "International Contact Group – Kagitingan Ñuñoa"
CYRILLIC = "Группа содействия переговорам"
ARABIC = "تنسق البعثة مع (UN, AU) منذ 2019 في باماكو"
BURMESE = "မြန်မာနိုင်ငံ ငြိမ်းချမ်းရေး ကော်မတီ"
DEVANAGARI = "शांति प्रक्रिया में मध्यस्थता"
ETHIOPIC = "የሰላም ሂደት"
HEBREW = "תהליך השלום"
SCRIPTS = (LATIN, CYRILLIC, ARABIC, BURMESE, DEVANAGARI, ETHIOPIC, HEBREW)
HATCHES: tuple[Hatch, ...] = (
    "none",
    "diagonal",
    "back-diagonal",
    "cross",
    "horizontal",
    "vertical",
    "dots",
)


def sample_sheet(engine: TextEngine) -> Drawing:
    """Cards, hatches, curves, scripts, icons, turned and clipped things on one page."""
    style = style_sheet("paper")
    items: list[Primitive] = [
        Rect(0, 0, 600, 120, fill=Fill(style.band("T1").tint)),
        Rect(0, 120, 600, 110, fill=Fill(style.band("T2").tint)),
        Rect(0, 0, 24, 120, fill=Fill(style.band("T1").header)),
        _band_name(engine, style),
        *_links(engine, style),
        _card(engine, style, 60, 16, "state", "primary_party", "Government of the Philippines"),
        _card(engine, style, 360, 16, "mediator_office", "none", ARABIC),
        _card(engine, style, 60, 150, "traditional_leader", "none", BURMESE),
        _card(engine, style, 360, 150, "womens_organisation", "none", "Bangsamoro women’s network"),
        *_hatches(engine, style),
        *_scripts(engine, style),
        *_icons(style),
        _clipped(style),
    ]
    return Drawing(600, 560, tuple(items), style.background, "Sheet", "Every primitive once")


def _band_name(engine: TextEngine, style: StyleSheet) -> Label:
    block = engine.layout("TRACK I", text_style("band"))
    ink = style.band("T1").ink
    return Label(12, 60, block, ink, horizontal="centre", vertical="middle", turn=-90)


def _card(
    engine: TextEngine,
    style: StyleSheet,
    x: float,
    y: float,
    kind: str,
    role: str,
    name: str,
) -> Group:
    family = style.family(kind, role)
    block = engine.layout(name, text_style("card-name"), 136, 2)
    side: HorizontalAnchor = "right" if block.rtl else "left"
    return Group(
        f"actor:{kind}",
        (
            Rect(0, 0, 184, 44, 6, Stroke(family.colour, 1.4), Fill(style.surface)),
            Rect(4, 4, 30, 36, 5, fill=Fill(family.colour, family.hatch, "#ffffff40")),
            Icon(family.icon, 8, 11, 22, family.on_colour),
            Label(176 if block.rtl else 42, 22, block, style.ink, None, 0, side, "middle"),
        ),
        alt=name,
        record_id="secret-record-id",
        dx=x,
        dy=y,
    )


def _links(engine: TextEngine, style: StyleSheet) -> list[Primitive]:
    items: list[Primitive] = []
    for at, group in enumerate(("authority", "work", "contact", "power")):
        link = style.link(group)
        y = 70 + 14 * at
        path = PathBuilder().move(150, 62).cubic(150, y + 60, 450, y, 450, 150)
        label = engine.layout(group, text_style("link-label"))
        items.append(path.path(link.stroke()))
        items.append(Label(300, y + 28, label, link.colour, style.halo, 2.5, "centre", "middle"))
    points = (250, 40, 300, 20, 330, 60, 355, 30)
    items.append(Polyline(points, style.link("work").stroke(style.state("planned").dash)))
    return items


def _hatches(engine: TextEngine, style: StyleSheet) -> list[Primitive]:
    items: list[Primitive] = []
    for at, hatch in enumerate(HATCHES):
        x = 30 + 80 * at
        fill = Fill(style.phase("talks").tint, hatch, style.hatch_ink)
        shape: Primitive = Rect(x, 240, 64, 36, 8, Stroke(style.line), fill)
        if at % 3 == 1:
            shape = Ellipse(x + 32, 258, 32, 18, Stroke(style.ink, 1.5, (4, 3)), fill)
        if at % 3 == 2:
            points = (x, 276, x + 32, 240, x + 64, 276)
            shape = Polyline(points, Stroke(style.accent, 2), fill, closed=True)
        items += [
            shape,
            Label(
                x + 32,
                280,
                engine.layout(hatch, text_style("small")),
                style.muted_ink,
                horizontal="centre",
            ),
        ]
    return items


def _scripts(engine: TextEngine, style: StyleSheet) -> list[Primitive]:
    items: list[Primitive] = []
    for at, text in enumerate(SCRIPTS):
        regular = engine.layout(text, text_style("body"), 260)
        bold = engine.layout(text, text_style("heading"), 270, 1)
        y = 300 + 26 * at
        items += [Label(24, y, regular, style.ink), Label(300, y, bold, style.accent)]
    return items


def _icons(style: StyleSheet) -> list[Primitive]:
    return [
        Icon(name, 24 + 22 * (at % 25), 490 + 22 * (at // 25), 18, style.ink)
        for at, name in enumerate(list(ICON_GLYPHS)[:50])
    ]


def _clipped(style: StyleSheet) -> Group:
    return Group(
        "clipped",
        (
            Ellipse(0, 0, 40, 40, fill=Fill("#1462b880")),
            Ellipse(20, 20, 40, 40, Stroke(style.ink, 3), Fill("#b3401a80")),
        ),
        clip=Rect(-20, -20, 60, 60, 10),
        dx=575,
        dy=200,
        scale=0.5,
    )
