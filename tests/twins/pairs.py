"""Twins: two projects that an audience may not be able to tell apart, made from the catalogue.

Everything follows from a seed. The visible records of every table are drawn once, from the field
catalogue, so that a new field or table is tried at once. They are then dressed twice: with other
withheld records of every table (by label, by the floor of their matter, because they hang on
something withheld, or because their table never leaves), with references to them in every field
that may hold one, with guarded fields, places, imported ids, typed words of saved views,
fingerprints of answers, with another order of making, and with other names of whoever is shown
under an alias.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from model.redaction import redact
from tests.packs import document
from tests.twins.dressing import Dressing
from tests.twins.frame import Frame

if TYPE_CHECKING:
    from model.redaction import RedactedCopy
    from tests.twins.dressing import Side

AUDIENCES: Final = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT")


@dataclass(frozen=True)
class Twins:
    """Two projects that must look the same to an audience."""

    seed: int
    audience: str
    one: Side
    other: Side

    @cached_property
    def copies(self) -> tuple[RedactedCopy, RedactedCopy]:
        """What the audience gets of each."""
        return self.copy_of(self.one), self.copy_of(self.other)

    def copy_of(self, side: Side) -> RedactedCopy:
        """What the audience gets of one of them."""
        return redact(
            document(side.content), self.audience, only=side.only, aliases=side.aliases or None
        )


def twins() -> st.SearchStrategy[Twins]:
    """Twins for laws; what is found is a seed, with which they can be made again."""
    return st.integers(0, 2**32 - 1).map(make_twins)


def make_twins(seed: int) -> Twins:
    """The twins of a seed."""
    dice = random.Random(seed)
    audience = dice.choice(AUDIENCES)
    frame = Frame(dice, audience)
    sides = [Dressing(frame, random.Random(f"{seed} {number}")).side() for number in (1, 2)]
    return Twins(seed, audience, sides[0], sides[1])
