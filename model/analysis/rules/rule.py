"""What a rule is: a small pure function with its definition, thresholds and source."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from model.analysis.facts import Facts
from model.analysis.finding import Finding
from resources.text import tr

Find = Callable[[Facts], Iterable[Finding]]
Revisit = Callable[[Facts, tuple[Finding, ...]], Iterable[Finding]]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the table of rules.

    Attributes:
        id: W01 and so on, stable in files and settings.
        name: what the warning is called.
        several: what many findings of it are called together, with their {count}.
        definition: when it is raised, in words a mediator can check by hand.
        example: one made-up case in a sentence.
        severity: how grave it can get, and when.
        source: chapter, challenge (C), opportunity (O) or recommendation (R) of the seed, or the
            standard, that it serves.
        inputs: tables that it reads.
        thresholds: defaults by key; a project may set its own.
        absence: whether it speaks of what is missing; such rules stay out of redacted packs.
        upkeep: whether it speaks of how complete the record is; listed behind what may do harm.
        find: the function; or
        revisit: the function of a rule that also looks at what the others found.
    """

    id: str
    name: str
    several: str
    definition: str
    example: str
    severity: str
    source: str
    inputs: tuple[str, ...]
    thresholds: dict[str, float] = msgspec.field(default_factory=dict)
    absence: bool = False
    upkeep: bool = False
    find: Find | None = None
    revisit: Revisit | None = None

    @property
    def title(self) -> str:
        """The name in the user's language."""
        return tr(self.name)

    def many(self, count: int) -> str:
        """Many findings in one line, in the user's language."""
        return tr(self.several, count=count)

    @property
    def example_text(self) -> str:
        """The example in the user's language."""
        return tr(self.example)

    @property
    def why(self) -> str:
        """The definition in the user's language."""
        return tr(self.definition)
