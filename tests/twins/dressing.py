"""One twin: the frame with secrets of its own in, among and around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from model.fields import FIELDS, REFERENCE_FIELDS
from model.records import PROJECT_ID, TABLES, Placement, Project
from model.redaction import Aliases
from model.redaction.aliases import ALIAS_NAMES
from model.redaction.labels import FIELD_FLOORS
from model.redaction.visibility import NEVER_LEAVES
from tests.twins.frame import LABELS, PLAIN, TARGETS
from tests.twins.values import WORDS, Values

if TYPE_CHECKING:
    import random

    from model.document import Content
    from model.fields import FieldSpec
    from model.records import Record
    from tests.twins.frame import Frame

_REAL: Final = (
    *("Kestrel Forum", "Zebra House", "Aaron Trust", "لجنة الصقر", "Ястреб", "ဒေါင်း အသင်း"),
    *("Heron & <Sons>", "Quiet Room", "Bay of Owls", "Old Mill Group"),
)
"""Names of whoever is shown under an alias: none of them begins or ends like part of a word."""


@dataclass(frozen=True)
class Side:
    """One of the twins: a project, and who is to be shown under an alias or to be taken along."""

    content: Content
    aliases: Aliases
    only: frozenset[str] | None


class Dressing:
    """One twin: the frame with secrets of its own in, among and around it."""

    def __init__(self, frame: Frame, dice: random.Random) -> None:
        self._frame = frame
        self._values = Values(dice, (*WORDS, *(f"“{star}”" for star in ALIAS_NAMES[:20])))
        self._dice = dice
        self._real = dice.sample(_REAL, len(_REAL))
        self._secret_ids: dict[str, list[str]] = {table: [] for table in TABLES}
        self._secrets: list[tuple[str, Record]] = []

    def side(self) -> Side:
        """The twin."""
        self._draw_secrets()
        records = [(table, self._dressed(table, one)) for table, one in self._frame.records]
        records += self._secrets
        self._dice.shuffle(records)
        content: Content = {table: {} for table in TABLES}
        for table, record in records:
            content[table][record.id] = record
        content["project"] = {PROJECT_ID: self._project()}
        strangers = [one for one in self._secret_ids["actors"] if self._values.some()]
        aliases = Aliases(
            frozenset({*self._frame.aliased, *strangers}),
            holders=self._frame.holders_aliased,
            seed="pack",
        )
        only = self._frame.only
        return Side(content, aliases, None if only is None else frozenset({*only, *strangers}))

    def _label(self) -> str:
        return self._dice.choice(self._frame.shut)

    def _fresh(self, table: str) -> str:
        return f"{self._dice.getrandbits(40):010x}{table[:2]}"

    def _pool(self) -> dict[str, list[str]]:
        shown = self._frame.ids
        return {table: [*shown[table], *self._secret_ids[table]] for table in TABLES}

    def _draw_secrets(self) -> None:
        for table in PLAIN:
            for _ in range(self._dice.randint(0, 3 if table == "actors" else 1)):
                self._add(table, self._label())
        for table in sorted(NEVER_LEAVES):
            if self._values.some(0.5):
                self._add(table, self._dice.choice(LABELS))
        for table in PLAIN:
            self._add_dependents(table)
        self._add_floors()
        self._add_places()

    def _add(self, table: str, label: str, **fixed: object) -> None:
        record_id = self._fresh(table)
        made = self._frame.record(table, record_id, self._values, label, self._pool(), **fixed)
        if made is None:
            return
        self._secrets.append((table, made))
        self._secret_ids[table].append(record_id)

    def _add_dependents(self, table: str) -> None:
        """A record that everybody could see, were it not for what it hangs on."""
        for spec in REFERENCE_FIELDS[table]:
            target = self._dice.choice(TARGETS) if spec.target == "*" else spec.target
            hidden = self._secret_ids[target]
            if not hidden or not (spec.required or spec.target == "*") or not self._values.some():
                continue
            withheld = self._dice.choice(hidden)
            fixed: dict[str, object] = {spec.name: withheld}
            if spec.target == "*":
                fixed[spec.name.replace("_id", "_table")] = target
            self._add(table, self._dice.choice(LABELS), **fixed)

    def _add_floors(self) -> None:
        """What no label can make public."""
        if "AMBER" not in self._frame.open:
            for table, field in (("linkages", "kind"), ("activities", "kind"), ("roles", "role")):
                if self._values.some():
                    self._add(table, self._dice.choice(LABELS), **{field: "back_channel"})
            if self._values.some():
                self._add("postings", self._dice.choice(LABELS))

        self._add_telling_claims()
        items = self._secret_ids["checklist_items"]
        if items and self._values.some():
            self._add("answers", self._dice.choice(LABELS), item_id=self._dice.choice(items))

    def _add_telling_claims(self) -> None:
        """Further views of visible records that say what the audience may not hear."""
        shown, hidden, frame = self._frame.ids, self._secret_ids["actors"], self._frame
        telling: list[tuple[str, str, str]] = []
        if frame.audience != "AMBER+STRICT":
            telling += [("activities", name, "no") for name in FIELD_FLOORS["activities"]]
        if "AMBER" not in frame.open:
            telling += [(table, "kind", "back_channel") for table in ("linkages", "activities")]
            telling += [("roles", "role", "back_channel")]
        if hidden:
            telling += [("actors", "parent_id", self._dice.choice(hidden))]
            telling += [("processes", "lead_id", self._dice.choice(hidden))]
        about = [(table, one, *more) for table, *more in telling for one in shown[table]]
        names = ("name", "short_name", "other_names", "country", "source_ref")
        about += [
            ("actors", one, name, self._values.text()) for one in frame.aliased for name in names
        ]
        for table, target, name, value in self._dice.sample(about, min(len(about), 2)):
            fixed = {"target_table": table, "target_id": target, "field": name, "value": value}
            self._add("claims", self._dice.choice(LABELS), **fixed)

    def _add_places(self) -> None:
        for table in ("actors", "notes"):
            for record_id in self._pool()[table]:
                if self._values.some():
                    x, y = self._dice.uniform(0, 999), self._dice.uniform(0, 99)
                    label = self._dice.choice(LABELS)
                    place = Placement(id=record_id, tlp=label, x=x, y=y)
                    self._secrets.append(("placements", place))

    def _dressed(self, table: str, record: Record) -> Record:
        """A visible record with references to secrets and with all that never leaves."""
        changes = self._pointing(table, record)
        fields: dict[str, FieldSpec] = FIELDS[table]
        for name in ("external", "bends", "label_at", "camera", "target_state"):
            if name in fields:
                filled = self._values.some()
                changes[name] = self._values.value(fields[name]) if filled else _none(record, name)
        if table == "tracks":
            changes |= {"height": self._dice.uniform(0, 400), "collapsed": self._values.some()}
        if table == "groups":
            changes["collapsed"] = self._values.some()
        if table == "views":
            changes["filters"] = self._filters(record)
        if table in FIELD_FLOORS and self._frame.audience != "AMBER+STRICT":
            changes |= {name: self._values.value(fields[name]) for name in FIELD_FLOORS[table]}
        if table == "actors" and record.id in self._frame.aliased:
            changes |= self._identity()
        return self._spelled(table, msgspec.structs.replace(record, **changes))

    def _pointing(self, table: str, record: Record) -> dict[str, Any]:
        """References to withheld records, wherever the record may hold one."""
        changes: dict[str, Any] = {}
        for spec in REFERENCE_FIELDS[table]:
            hidden = self._secret_ids.get(spec.target, [])
            value = getattr(record, spec.name)
            if spec.kind == "references" and hidden and self._values.some():
                mixed = list(value)
                mixed.insert(self._dice.randint(0, len(mixed)), self._dice.choice(hidden))
                changes[spec.name] = tuple(mixed)
            elif spec.kind == "reference" and not value and hidden and self._values.some():
                changes[spec.name] = self._dice.choice(hidden)
        return changes

    def _filters(self, view: Any) -> dict[str, tuple[str, ...]]:
        """Typed words, withheld ids, keys in another order."""
        filters = dict(view.filters)
        hidden = self._secret_ids["actors"]
        if hidden:
            filters["these"] = (*filters["these"], self._dice.choice(hidden))
        if self._values.some():
            filters["text"] = (self._values.text(),)
        if hidden and self._values.some():
            filters["about"] = (self._dice.choice(hidden),)
        if self._values.some():
            filters["frame"] = (self._fresh("actors"),)
        if hidden and "timeline" in filters:
            if "timeline_actor" not in filters and self._values.some():
                filters["timeline_actor"] = (self._dice.choice(hidden),)
            if self._values.some():
                filters["strip_actor"] = (self._dice.choice(hidden),)
        keys = list(filters)
        self._dice.shuffle(keys)
        return {key: filters[key] for key in keys}

    def _identity(self) -> dict[str, object]:
        """What is set aside when an actor is shown under an alias."""
        return {
            "short_name": self._dice.choice(("", "KF", "Quartz")),
            "other_names": ("Falcons of Old",) if self._values.some() else (),
            "country": self._dice.choice(("", "ML", "PH")),
            "source_ref": self._values.text(),
            "source_ids": (),
        }

    def _spelled(self, table: str, record: Record) -> Record:
        """The record with this twin's names where the stand-ins are."""
        changes: dict[str, object] = {}
        for spec in FIELDS[table].values():
            value = getattr(record, spec.name)
            if spec.kind in {"text", "long_text"} and value:
                changes[spec.name] = self._names_in(value)
            elif spec.kind == "texts":
                changes[spec.name] = tuple(map(self._names_in, value))
        return msgspec.structs.replace(record, **changes)

    def _names_in(self, text: str) -> str:
        marks = (*self._frame.marks, *self._frame.holder_marks)
        for mark, name in zip(marks, self._real, strict=False):
            text = text.replace(mark, name)
        return text

    def _project(self) -> Record:
        if self._frame.project_is_open:
            return self._spelled("project", self._frame.project)
        fields: dict[str, Any] = {
            spec.name: self._values.value(spec)
            for spec in FIELDS["project"].values()
            if spec.name not in {"id", "tlp", "external", "source_ids", "language"}
            and self._values.some()
        }
        fields |= {
            "id": PROJECT_ID,
            "tlp": self._label(),
            "chatham_house": self._frame.chatham_house,
        }
        return Project(**fields)


def _none(record: Record, name: str) -> object:
    return getattr(type(record)(**_least(record)), name)


def _least(record: Record) -> dict[str, Any]:
    return {
        one.name: getattr(record, one.name)
        for one in msgspec.structs.fields(record)
        if one.required
    }
