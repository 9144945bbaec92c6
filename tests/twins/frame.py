"""What both twins have in common: the records that an audience may see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from model.fields import FIELDS, REFERENCE_FIELDS, FieldSpec
from model.records import PROJECT_ID, TABLES, Project, Record, Track
from model.redaction.labels import FIELD_FLOORS
from model.redaction.visibility import NEVER_LEAVES
from tests.twins.values import WORDS, Values

if TYPE_CHECKING:
    import random

LABELS: Final = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
PLAIN: Final = tuple(
    table for table in TABLES if table not in {"project", "tracks", "placements", *NEVER_LEAVES}
)
"""Tables whose records may be visible and are made by the catalogue alone."""
TARGETS: Final = ("actors", "linkages", "activities", "processes", "phases", "notes", "sources")
_NAMES: Final = frozenset({"name", "short_name", "other_names"})
_DRESSED_DATES: Final = frozenset({"end", "planned_end"})
_LOOKS: Final[tuple[dict[str, tuple[str, ...]], ...]] = (
    {},
    {"timeline": ("yes",), "strip": ("everything",)},
    {"timeline": ("yes",), "timeline_by": ("process",), "second": ("yes",)},
)
"""What views hold of the timeline."""


class Frame:
    """What both twins have in common."""

    def __init__(self, dice: random.Random, audience: str) -> None:
        rank = LABELS.index(audience)
        self.audience = audience
        self.open, self.shut = LABELS[: rank + 1], LABELS[rank + 1 :]
        self.values = Values(dice)
        self.postings_visible = rank >= LABELS.index("AMBER")
        self.ids: dict[str, list[str]] = {table: [] for table in TABLES}
        for table in PLAIN:
            most = 5 if table == "actors" else 3 if table in {"linkages", "activities"} else 2
            least = 1 if table == "actors" else 0
            shown = 0 if table == "postings" and not self.postings_visible else most
            count = dice.randint(min(least, shown), shown)
            self.ids[table] = [f"{dice.getrandbits(40):010x}{table[:2]}" for _ in range(count)]
        # A chosen part goes into shared copies, aliases into packs; never both.
        part = dice.random() < 0.25
        self.only = [one for one in self.ids["actors"] if dice.random() < 0.6] if part else None
        self.aliased = [one for one in self.ids["actors"] if not part and dice.random() < 0.4]
        self.holders_aliased = not part and dice.random() < 0.5
        # Stand-ins for names that differ between the twins; each dressing puts its own there.
        self.marks = tuple(f"@{number}@" for number in range(len(self.aliased)))
        count = len(self.ids["postings"]) if self.holders_aliased else 0
        self.holder_marks = tuple(f"@h{number}@" for number in range(count))
        self.values.words = (*WORDS, *self.marks, *self.marks, *self.holder_marks)
        self.project_is_open = dice.random() < 0.5
        self.chatham_house = dice.random() < 0.5
        self.project = self._project()
        self.records = [
            (table, self.record(table, record_id, self.values, dice.choice(self.open), self.ids))
            for table in PLAIN
            for record_id in self.ids[table]
        ]
        self.records = [(table, record) for table, record in self.records if record is not None]
        self.records += self._tracks()
        self._drop_dangling()

    def _project(self) -> Record:
        fields: dict[str, Any] = {
            spec.name: self.values.value(spec)
            for spec in FIELDS["project"].values()
            if spec.name not in {"id", "tlp", "external", "source_ids", "language"}
            and self.values.some()
        }
        fields |= {"chatham_house": self.chatham_house}
        return Project(**{**fields, "id": PROJECT_ID, "tlp": self.values.dice.choice(self.open)})

    def _tracks(self) -> list[tuple[str, Record]]:
        dice = self.values.dice
        return [
            ("tracks", Track(id=code, tlp=dice.choice(self.open), name=dice.choice(WORDS)))
            for code in ("T1", "T2")
            if dice.random() < 0.3
        ]  # fmt: skip

    def _drop_dangling(self) -> None:
        """Leave out what names a record that could not be made."""
        going = True
        while going:
            there = {(table, record.id) for table, record in self.records}
            kept = [(t, r) for t, r in self.records if all(n in there for n in named(t, r))]
            going = len(kept) < len(self.records)
            self.records = kept
        for table in PLAIN:
            self.ids[table] = [record.id for name, record in self.records if name == table]

    def record(
        self,
        table: str,
        record_id: str,
        values: Values,
        label: str,
        ids: dict[str, list[str]],
        **fixed: Any,
    ) -> Any:
        """A record of a table that refers to given ones; None where it needs what is not there.

        Args:
            table, record_id: where it will stand.
            values: draws its fields.
            label: its TLP label.
            ids: what it may refer to.
            fixed: fields that are settled.
        """
        fields: dict[str, Any] = {"id": record_id, "tlp": label, **fixed}
        taken = [one for one in fixed.values() if isinstance(one, str)]
        for spec in FIELDS[table].values():
            name = spec.name
            if name in fields or name in {"target_table", "other_table"}:
                continue
            if spec.target == "*":
                fields |= self._about(spec, values, ids)
            elif spec.target:
                choice = [one for one in ids[spec.target] if one not in taken]
                if spec.required:
                    if not choice:
                        return None
                    fields[name] = values.dice.choice(choice)
                    taken.append(fields[name])
                elif choice and values.some():
                    several = values.dice.sample(
                        choice, min(len(choice), values.dice.randint(1, 2))
                    )
                    fields[name] = several[0] if spec.kind == "reference" else tuple(several)
            elif (spec.required or values.some()) and name not in _DRESSED_DATES:
                fields[name] = values.value(spec)
                if table == "actors" and name in _NAMES:  # two of one name cannot be kept apart
                    fields[name] = self.nameless(fields[name])
        fields |= {
            name: value
            for name, value in self._special(table, values, fields, ids).items()
            if name not in fixed
        }
        needed = {one.name for one in msgspec.structs.fields(TABLES[table]) if one.required}
        return TABLES[table](**fields) if needed <= fields.keys() else None

    def nameless(self, value: Any) -> Any:
        """A name without the stand-ins for names of whoever is shown under an alias."""
        if isinstance(value, tuple):
            return tuple(map(self.nameless, value))
        return re.sub("@.+?@", "Elders", value)

    def _about(self, spec: FieldSpec, values: Values, ids: dict[str, list[str]]) -> dict[str, str]:
        there = [table for table in TARGETS if ids[table]]
        if not there or not (spec.required or values.some(0.6)):
            return {}
        table = values.dice.choice(there)
        holder = spec.name.replace("_id", "_table")
        return {holder: table, spec.name: values.dice.choice(ids[table])}

    def _special(
        self, table: str, values: Values, fields: dict[str, Any], ids: dict[str, list[str]]
    ) -> dict[str, Any]:
        """What the catalogue cannot say of some fields."""
        dice = values.dice
        if table == "answers":
            own = [*ids["checklist_items"], f"DNH-{dice.randint(1, 40):02d}"]
            return {"item_id": dice.choice(own)}
        if table == "claims":
            about = fields.get("target_table", "")
            named_fields = [
                one.name
                for one in FIELDS.get(about, {}).values()
                if one.kind in {"text", "long_text", "code"} and one.name not in {"id", "kind"}
                and one.name not in FIELD_FLOORS.get(about, {})
            ]  # fmt: skip
            return {"field": dice.choice(named_fields) if named_fields else "name"}
        if table == "actors" and fields["id"] in self.aliased:
            return {"name": self.marks[self.aliased.index(fields["id"])]}
        if table == "postings" and fields["id"] in self.ids["postings"] and self.holder_marks:
            return {"holder": self.holder_marks[self.ids["postings"].index(fields["id"])]}
        if table == "activities" and self.audience != "AMBER+STRICT":
            return dict(zip(FIELD_FLOORS["activities"], ("unknown", None, ""), strict=True))
        if table == "views":
            chosen = tuple(dice.sample(ids["actors"], min(1, len(ids["actors"]))))
            filters = {"these": chosen, "track": ("T1",)} | dice.choice(_LOOKS)
            if "timeline" in filters and chosen and dice.random() < 0.5:
                filters["timeline_actor"] = chosen
            return {"filters": filters, "camera": None}
        return {}


def named(table: str, record: Record) -> list[tuple[str, str]]:
    """What a record refers to, as (table, id)."""
    found = []
    for spec in REFERENCE_FIELDS[table]:
        value = getattr(record, spec.name)
        values = value if isinstance(value, tuple) else (value,)
        found += [(spec.target_in(record), one) for one in values if one]
    if table == "answers" and not str(record.item_id).startswith("DNH-"):  # type: ignore[attr-defined]
        found.append(("checklist_items", record.item_id))  # type: ignore[attr-defined]
    return found
