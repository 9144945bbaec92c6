"""Values of fields, drawn by what the catalogue says of them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from model.codes import CODE_LISTS
from model.dates import OPEN, PartialDate
from model.records import ExternalRef

if TYPE_CHECKING:
    import random

    from model.fields import FieldSpec

WORDS: Final = (
    *("Council", "Élders of the river", "Ministry <b>&", "=SUM(1)", "لجنة السلام", "မြန်မာ ကော်မတီ"),
    *("शान्ति समिति", "Совет", "met", "in May", "“Sirius”", "A0001", "\u200fx", "two\nlines"),
)


class Values:
    """Values of fields, drawn by what the catalogue says of them."""

    def __init__(self, dice: random.Random, words: tuple[str, ...] = WORDS) -> None:
        self.dice = dice
        self.words = words

    def some(self, chance: float = 0.4) -> bool:
        """Whether something happens."""
        return self.dice.random() < chance

    def text(self) -> str:
        """A few words."""
        return " ".join(self.dice.choice(self.words) for _ in range(self.dice.randint(1, 4)))

    def date(self) -> PartialDate:
        """A date of any precision, near the day of the pack."""
        dice = self.dice
        if dice.random() < 0.1:
            return OPEN
        parts: dict[str, Any] = {"year": dice.randint(2020, 2027)}
        exact = dice.choice(("year", "quarter", "month", "day"))
        if exact == "quarter":
            parts["quarter"] = dice.randint(1, 4)
        elif exact != "year":
            parts["month"] = dice.randint(1, 12)
        if exact == "day":
            parts["day"] = dice.randint(1, 28)
        parts["qualifier"] = dice.choice(("", "", "about", "before", "after"))
        return PartialDate(**parts)

    def value(self, spec: FieldSpec) -> object:
        """A value of a field that is no reference."""
        dice = self.dice
        if spec.kind in {"code", "codes"}:
            codes = [one for one in CODE_LISTS[spec.list_name].codes if one != "back_channel"]
            several = dice.sample(codes, min(len(codes), dice.randint(1, 2)))
            return tuple(several) if spec.kind == "codes" else several[0]
        plain: dict[str, object] = {
            "text": self.text(),
            "long_text": self.text(),
            "texts": tuple(self.text() for _ in range(dice.randint(1, 2))),
            "date": self.date(),
            "number": round(dice.uniform(0, 900), 1),
            "integer": dice.randint(1, 12),
            "money": Decimal(dice.randint(1, 9_000_000)) / 100,
            "truth": dice.choice((True, False)),
            "currency": dice.choice(("USD", "EUR", "KES")),
            "country": dice.choice(("ML", "MM", "PH")),
        }
        return plain[spec.kind] if spec.kind in plain else self._structure(spec.name)

    def _structure(self, name: str) -> object:
        """Values that the catalogue does not describe."""
        dice = self.dice
        made: dict[str, object] = {
            "external": (ExternalRef(self.text(), "actors", f"REF{dice.randint(1, 99)}"),),
            "bends": ((dice.uniform(0, 99), 1.0),),
            "label_at": (dice.uniform(0, 99), 2.0),
            "camera": (dice.uniform(0, 99), 2.0, 1.0),
            "filters": {"kinds": ("state",), "level": ("top",)},
            "styling": {"colour_by": "kind"},
            "thresholds": {"W01": dice.uniform(0, 9)},
            "ids": {"A0001": self.text()},
            "aliases": {"“Sirius”": self.text()},
            "digests": {"A0001": self.text()},
            "sections": ("map",),
            "told": ("page=A4",),
            "outputs": ("pdf",),
            "values": (),
        }
        return made.get(name, self.text())
