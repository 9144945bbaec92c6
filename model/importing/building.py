"""A row becomes a record: values read, references resolved, gaps filled by stated rules only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from model.codes import THIRD_PARTY_ROLES
from model.commands.checklist import SCOPE_TABLES
from model.dates import PartialDate
from model.fields import FIELDS, TABLE_SPECS
from model.importing import columns as names
from model.importing.values import Unreadable, coarser, read_codes, read_value
from model.records import TABLES, Actor, ExternalRef, Record, Role
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from model.fields import FieldSpec
    from model.importing.rows import Key, Notes, Row

Values = dict[str, Any]

PUBLIC_BASES: Final = frozenset({"seed", "public_checked", "public_memory", "illustrative"})
"""Rows of case folders say that they hold public facts or made-up ones (design section 9)."""
SAFETY_ITEMS: Final = frozenset({"DNH-08"})
"""Checklist items whose answers are security reviews."""
STRICT: Final = "AMBER+STRICT"
_PRECISE_FIELDS: Final = frozenset({"start", "end", "date", "planned_start", "planned_end"})
_UNSTATED: Final = {
    "activities": {"status": "unknown", "process_id": ""},
    "phases": {"kind": "unknown", "process_id": ""},
    "milestones": {"kind": "unknown", "process_id": ""},
}
"""What case folders do not say of these tables, and what stands in its place."""
_NO_EXTERNAL: Final = frozenset({"project", "tracks", "placements"})


class Builder:
    """Builds records from rows; what does not fit goes into the notes and gives no record."""

    def __init__(
        self,
        ids: Mapping[Key, str],
        unread: AbstractSet[tuple[str, str]],
        has: Callable[[str, str], bool],
        item_scopes: Mapping[str, str],
        notes: Notes,
    ) -> None:
        """Take what references may point to.

        Args:
            ids: record ids by place in a source, of this import and of earlier ones.
            unread: (source, table) whose ids are not known because the file was refused.
            has: whether the project has a record of a table and id.
            item_scopes: checklist items and the scope that each is meant for.
            notes: where to say what was refused or assumed.
        """
        self._ids = ids
        self._unread = unread
        self._has = has
        self._item_scopes = item_scopes
        self._notes = notes

    def build(self, row: Row) -> tuple[Record, frozenset[str]] | None:
        """The record, and the names of the fields that the row itself states."""
        values: Values = {}
        good = self._derive_target(row, values)
        for column, text in row.cells.items():
            spec = row.fields.get(column)
            if spec is None or spec.name == "id":
                continue
            good = self._read(row, column, spec, text, values) and good
        good = self._has_required(row, values) and good
        if not good:
            return None
        stated = frozenset(values)
        self._check_answer(row, values)
        self._fill_gaps(row, values)
        if row.table not in _NO_EXTERNAL:
            values["external"] = (ExternalRef(*row.key),)
        return TABLES[row.table](id=row.record_id, **values), stated

    def roles(self, row: Row) -> tuple[str, ...]:
        """The codes in the column of third-party roles of an actor."""
        text = row.cells.get(names.ROLES_COLUMN, "")
        try:
            return read_codes(THIRD_PARTY_ROLES, text) if row.table == "actors" else ()
        except Unreadable as problem:
            self._refuse(row, names.ROLES_COLUMN, text, str(problem))
            return ()

    def role(self, row: Row, actor: Actor, code: str, key: Key, record_id: str) -> Role:
        """A role that an actor's row states; it is as public and as sure as the actor."""
        self._guess(row, names.ROLES_COLUMN, tr("process and period of the role are not known"))
        return Role(
            id=record_id,
            actor_id=actor.id,
            role=code,
            tlp=actor.tlp,
            basis=actor.basis,
            source_ref=actor.source_ref,
            external=(ExternalRef(*key),),
        )

    def _read(self, row: Row, column: str, spec: FieldSpec, text: str, values: Values) -> bool:
        try:
            value = read_value(spec, text, by_label=row.uses_labels)
            if isinstance(value, PartialDate):
                value = self._at_precision(row, column, value, text.strip())
            elif spec.kind in {"reference", "references"}:
                value = self._resolved(row, spec, value, values)
        except Unreadable as problem:
            self._refuse(row, column, text, str(problem))
            return False
        values[spec.name] = value
        return True

    def _at_precision(self, row: Row, column: str, date: PartialDate, text: str) -> PartialDate:
        precision = row.cells.get(names.PRECISION_COLUMN, "").strip()
        if not precision or names.PRECISION_COLUMN not in names.SPECIAL_COLUMNS.get(row.table, ()):
            return date
        if row.fields[column].name not in _PRECISE_FIELDS:
            return date
        kept = coarser(date, precision, text)
        if kept != date:
            reason = tr(
                "the date and its precision “{precision}” disagree; it counts as {date}",
                precision=precision,
                date=kept.iso(),
            )
            self._notes.add("guessed", row.file, row.number, reason, column=column, value=text)
        return kept

    def _resolved(self, row: Row, spec: FieldSpec, value: object, values: Values) -> object:
        target = spec.target
        if target == "*":
            target = values.get("target_table" if spec.name == "target_id" else "other_table", "")
        if not target:
            raise Unreadable(tr("it is not clear in which table to look for this id"))
        if isinstance(value, tuple):
            found = tuple(self._find(row, target, one) for one in value)
            if len(set(found)) != len(found):
                raise Unreadable(tr("the same id stands twice"))
            return found
        return self._find(row, target, str(value))

    def _find(self, row: Row, target: str, wanted: str) -> str:
        source = row.key[0]
        record_id = self._ids.get((source, target, wanted), "")
        if record_id:
            return record_id
        if self._has(target, wanted) or (source, target) in self._unread:
            return wanted
        title = TABLE_SPECS[target].title
        raise Unreadable(tr("there is no record “{id}” in {table}", id=wanted[:64], table=title))

    def _derive_target(self, row: Row, values: Values) -> bool:
        """Say in which table an answer's target is: stated, or by the scope of its row."""
        column = row.column_of("target_table")
        stated = row.cells.get(column, "").strip()
        if "target_table" not in FIELDS[row.table]:
            return True
        if stated and stated not in TABLES:
            self._refuse(row, column, stated, tr("no table of a project is called like this"))
            return False
        scope = row.cells.get(row.column_of("scope"), "").strip()
        if row.cells.get(row.column_of("target_id")):
            derived = SCOPE_TABLES.get(scope, "") if row.table == "answers" else ""
            values["target_table"] = stated or derived
        return True

    def _has_required(self, row: Row, values: Values) -> bool:
        missing = [
            spec
            for spec in FIELDS[row.table].values()
            if spec.required
            and not values.get(spec.name)
            and not row.cells.get(row.column_of(spec.name))
        ]
        for spec in missing:
            self._refuse(row, row.column_of(spec.name), "", tr("it needs a value"))
        return not missing

    def _check_answer(self, row: Row, values: Values) -> None:
        if row.table != "answers":
            return
        own_item = self._ids.get((row.key[0], "checklist_items", values["item_id"]))
        values["item_id"] = item = own_item or values["item_id"]
        meant = self._item_scopes.get(item)
        column = row.column_of("item_id")
        if meant is None:
            self._refuse(row, column, item, tr("there is no such checklist item"))
        elif values.get("scope", meant) != meant:
            reason = tr(
                "the item is meant for the scope “{meant}”; the scope “{scope}” of the row is kept",
                meant=meant,
                scope=values["scope"],
            )
            self._notes.add("warning", row.file, row.number, reason, column=column, value=item)

    def _fill_gaps(self, row: Row, values: Values) -> None:
        for name, value, reason in _gaps(row.table, values):
            values[name] = value
            self._guess(row, row.column_of(name), reason)

    def _guess(self, row: Row, column: str, reason: str) -> None:
        self._notes.add("guessed", row.file, row.number, reason, column=column)

    def _refuse(self, row: Row, column: str, value: str, reason: str) -> None:
        self._notes.add("refused", row.file, row.number, reason, column=column, value=value)


def _gaps(table: str, values: Values) -> list[tuple[str, str, str]]:
    """Fields that a row leaves open and a rule of design section 9 fills: name, value, reason."""
    filled = []
    if "tlp" not in values and table not in _NO_EXTERNAL:
        filled.append(("tlp", *_label(table, values)))
    if table == "linkages" and "status" not in values:
        reason = tr("the row states a linkage as a fact, so its status is “active”")
        filled.append(("status", "active", reason))
    if table == "answers" and "scope" not in values:
        scope = next((s for s, t in SCOPE_TABLES.items() if t == values.get("target_table")), "")
        filled.append(("scope", scope or "project", tr("the scope follows from the target")))
    reason = tr("not stated, so it is not known")
    filled += [
        (name, value, reason)
        for name, value in _UNSTATED.get(table, {}).items()
        if name not in values
    ]
    return filled


def _label(table: str, values: Values) -> tuple[str, str]:
    """The TLP label of a row that states none, and why."""
    secret = (
        table == "postings"
        or (table == "answers" and values.get("item_id") in SAFETY_ITEMS)
        or (table in {"linkages", "activities"} and values.get("kind") == "back_channel")
        or (table == "roles" and values.get("role") == "back_channel")
    )
    if secret:
        reason = tr(
            "no label given; postings, back channels and security reviews are {label}",
            label=f"TLP:{STRICT}",
        )
        return STRICT, reason
    if values.get("basis") in PUBLIC_BASES:
        return "CLEAR", tr("no label given; public or made-up facts are TLP:CLEAR")
    return "AMBER", tr("no label given, and the row does not say that it is public: TLP:AMBER")


def differing_fields(known: Record, built: Record, stated: frozenset[str]) -> list[str]:
    """Names of the stated fields in which a record of an earlier import differs from its row."""
    return sorted(name for name in stated if getattr(known, name) != getattr(built, name))


def merged_project(known: Record, built: Record, stated: frozenset[str]) -> Record:
    """The project's own record with those settings of the row that it does not have yet."""
    defaults = {info.name: info.default for info in msgspec.structs.fields(known)}
    new = {
        name: getattr(built, name)
        for name in stated
        if getattr(known, name) in {defaults[name], None, ""}
    }
    return msgspec.structs.replace(known, **new)
