"""What an analysis is: a pure function from facts to a grid, with its question and source."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from model.analysis.facts import Facts
from model.analysis.views.grid import Grid
from model.tables import Tables
from resources.text import tr


class View(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the table of analyses; English texts, shown through the properties.

    Attributes:
        id: stable name.
        name: what it is called.
        question: what it asks.
        definition: how it is computed, in words that can be checked by hand.
        example: one made-up case in a sentence.
        source: what of the seed it serves.
        inputs: tables that it reads.
        choices: what it can be asked about besides the whole, as (key, name); None for nothing.
        make_about: the function for one of the choices.
        records: the table in which what it shows is written down; "" where there are several.
        make: the function.
        follows_filter: whether it reads only what the filter of the map lets through.
    """

    id: str
    name: str
    question: str
    definition: str
    example: str
    source: str
    inputs: tuple[str, ...]
    records: str = ""
    choices: Callable[[Tables], tuple[tuple[str, str], ...]] | None = None
    make_about: Callable[[Facts, str], Grid] | None = None
    make: Callable[[Facts], Grid]
    follows_filter: bool = False

    @property
    def title(self) -> str:
        """The name in the user's language."""
        return tr(self.name)

    @property
    def asks(self) -> str:
        """The question in the user's language."""
        return tr(self.question)

    @property
    def why(self) -> str:
        """Definition, example and source in the user's language."""
        example = tr("For example: {example}", example=tr(self.example))
        return f"{tr(self.definition)} {example} {tr('Source: {source}.', source=self.source)}"
