"""How the cards on the maps of a pack are coloured and sized, and what is said of it.

Fields and measures are read off the redacted copy alone, so a pack never shows what a withheld
record does to a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.map_options import MapOptions
from model.drawing.shading import ABOUT_ABSENCE, colour_choices, size_choices
from model.redaction import sees_everything
from resources.text import tr

if TYPE_CHECKING:
    from exporters.request import ExportRequest
    from model.records import View
    from model.tables import Tables


def map_options(request: ExportRequest, view: View | None = None) -> MapOptions:
    """How maps are drawn; a saved view that has colours or sizes of its own keeps them."""
    recipe = request.recipe
    styling = {} if view is None else view.styling
    colour, size = styling.get("colour_by", ""), styling.get("size_by", "")
    if not (colour or size):
        colour, size = recipe.colour_by, recipe.size_by
    if not sees_everything(request.audience):
        colour, size = ("" if name in ABOUT_ABSENCE else name for name in (colour, size))
    return MapOptions(colour_by=colour, size_by=size)


def styling_words(tables: Tables, options: MapOptions) -> str:
    """What colours and sizes mean on a map of these tables, in a sentence; empty where nothing."""
    colour = colour_choices(tables).get(options.colour_by, "") if options.colour_by else ""
    size = size_choices(tables).get(options.size_by, "") if options.size_by else ""
    if colour and size:
        words = tr("Cards are coloured by {colour}, sized by {size}.", colour=colour, size=size)
    elif colour:
        words = tr("Cards are coloured by {colour}.", colour=colour)
    elif size:
        words = tr("Cards are sized by {size}.", size=size)
    else:
        return ""
    return f"{words} {tr('Reckoned from what this pack holds: a question, not a fact.')}"
