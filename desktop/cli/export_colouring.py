"""``crosstrack export --colour-by --size-by``: what colour and size of the cards on maps follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from exporters.request import Recipe
    from model.tables import Tables


def add_colouring_arguments(parser: ArgumentParser) -> None:
    """The two arguments."""
    parser.add_argument(
        "--colour-by",
        metavar="NAME",
        default="",
        help=tr("colour the cards on maps by a field or a measure, such as track or brokerage"),
    )
    parser.add_argument(
        "--size-by",
        metavar="NAME",
        default="",
        help=tr("let the size of the cards on maps follow a field or a measure"),
    )


def coloured(recipe: Recipe, options: Namespace, tables: Tables) -> Recipe:
    """The recipe with what the arguments say.

    Raises:
        Refusal: where there is no such field or measure.
    """
    from model.drawing.shading import colour_choices, size_choices  # noqa: PLC0415 - rarely wanted

    told = {
        "colour_by": (options.colour_by, colour_choices),
        "size_by": (options.size_by, size_choices),
    }
    for field, (name, choices) in told.items():
        if name:
            known = {one.rpartition(":")[2]: one for one in choices(tables) if one}
            full = known.get(name, known.get(name.rpartition(":")[2], ""))
            if not full:
                message = tr("Cards cannot follow “{name}”; there is {known}.", name=name[:40],
                             known=", ".join(known))  # fmt: skip
                raise Refusal("styling", message)
            recipe = msgspec.structs.replace(recipe, **{field: full})
    return recipe
