"""A drawing with the marking of its pack above and below: a picture that travels alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from exporters.mirrored import mirrored
from exporters.statements import marking
from model.drawing.primitives import Fill as Surface
from model.drawing.primitives import Group, Label, Primitive, Rect
from model.drawing.text import TextStyle
from resources.text import joined, tr

if TYPE_CHECKING:
    from exporters.request import Pack
    from model.drawing.primitives import Drawing

_MARGIN: Final = 24.0
_STRIP: Final = 44.0
_LABEL: Final = TextStyle(14, bold=True)
_FACTS: Final = TextStyle(11)


def marked(drawing: Drawing, pack: Pack) -> Drawing:
    """The drawing with title, as-of date and TLP label in its head and foot."""
    width = max(drawing.width, 360.0) + 2 * _MARGIN
    height = drawing.height + 2 * _STRIP
    inner = Group(key="picture", children=drawing.items, dx=_MARGIN, dy=_STRIP, alt=drawing.alt)
    as_of = tr("As of {date}", date=pack.request.as_of.isoformat())
    facts = joined((pack.title, as_of), "  ·  ")
    strips: tuple[Primitive, ...] = (
        *tlp_box(pack, width - _MARGIN, _STRIP / 2),
        *tlp_box(pack, width - _MARGIN, height - _STRIP / 2),
        Label(
            _MARGIN,
            _STRIP / 2,
            pack.text_engine.layout(facts, _FACTS, width / 2, 1),
            pack.style.ink,
            vertical="middle",
        ),
    )
    if pack.from_right:
        strips = tuple(mirrored(one, width) for one in strips)
    return msgspec.structs.replace(drawing, width=width, height=height, items=(inner, *strips))


def tlp_box(pack: Pack, right: float, middle: float, style: TextStyle = _LABEL) -> list[Primitive]:
    """The TLP label on its black ground, its right edge and vertical middle given."""
    look = pack.style.tlp(pack.request.audience)
    block = pack.text_engine.layout(marking(pack.request.audience), style)
    pad = style.size * 0.5
    width, height = block.width + 2 * pad, style.size * 1.7
    return [
        Rect(right - width, middle - height / 2, width, height, fill=Surface(look.ground)),
        Label(right - width + pad, middle, block, look.ink, vertical="middle"),
    ]
