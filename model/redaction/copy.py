"""Building the redacted copy: visible records with new ids; the sender's account of the rest."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from model.codes import CODE_LISTS, TLP_LABELS, tlp_text
from model.document import Content, Snapshot
from model.fields import FIELDS, REFERENCE_FIELDS
from model.records import (
    PROJECT_ID,
    TABLES,
    Answer,
    Baseline,
    Claim,
    Group,
    Linkage,
    Placement,
    Project,
    Record,
    Track,
    View,
)
from model.redaction.aliases import Aliases, Renaming
from model.redaction.labels import is_visible, without_guarded_fields
from model.redaction.mentions import Mention, as_text, mentions_of_withheld
from model.redaction.ordering import order
from model.redaction.visibility import Visible, WithheldRecord
from model.refusals import Refusal
from model.view_state import VIEW_CODES
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from model.dates import PartialDate
    from model.tables import Tables

_PREFIXES: Final = {
    "actors": "A",
    "roles": "R",
    "linkages": "L",
    "processes": "P",
    "phases": "H",
    "milestones": "M",
    "activities": "C",
    "dependencies": "DP",
    "postings": "O",
    "mandates": "MA",
    "funding": "F",
    "rates": "XR",
    "trust": "T",
    "impartiality": "I",
    "consents": "CO",
    "stances": "ST",
    "dividers": "D",
    "divider_tests": "DT",
    "signals": "SI",
    "answers": "K",
    "checklist_items": "KI",
    "decisions": "DE",
    "searches": "SE",
    "mutes": "MU",
    "notes": "N",
    "sources": "S",
    "claims": "CL",
    "groups": "G",
    "views": "V",
    "baselines": "B",
}
"""First letters of the new ids, so that a person can tell what an id names."""

_FIXED_IDS: Final = frozenset({"project", "tracks", "placements"})
"""Tables whose ids are codes or other records' ids and are not counted anew."""

_ALL_CODES: Final = VIEW_CODES | {code for entry in CODE_LISTS.values() for code in entry.codes}


class EmptiedReference(msgspec.Struct, frozen=True):
    """A visible record that pointed at something withheld; the sender sees it, nobody else."""

    table: str
    id: str
    field: str


class RedactedCopy(msgspec.Struct, frozen=True):
    """What an audience gets, and what the sender may know about the rest.

    Attributes:
        audience: TLP label without its "TLP:".
        content: all tables; the only part that may leave the sender's machine.
        ids: new id to (table, old id), for the sender's exports table.
        withheld, emptied, mentions: the sender's account.
        kept_positions: whether coordinates are in it, whose gaps may tell.
        aliases: alias to (table, old id), for the sender's exports table.
    """

    audience: str
    content: Content
    ids: dict[str, tuple[str, str]]
    withheld: tuple[WithheldRecord, ...]
    emptied: tuple[EmptiedReference, ...]
    mentions: tuple[Mention, ...]
    kept_positions: bool = False
    aliases: dict[str, tuple[str, str]] = msgspec.field(default_factory=dict)

    def snapshot(self) -> Snapshot:
        """The content as drawings and analyses read it."""
        return Snapshot(self.content, 0)

    def withheld_counts(self) -> dict[str, int]:
        """How many records are withheld, by table; for the sender only.

        What never leaves for anybody, such as the export log, does not count.
        """
        return dict(Counter(one.table for one in self.withheld if one.why != "never"))


def check_audience(text: str) -> str:
    """The audience's label from what was typed: "TLP:GREEN", "green", "amber+strict".

    Raises:
        Refusal: when it is not a TLP 2.0 label.
    """
    label = text.strip().upper().removeprefix("TLP:")
    if label not in TLP_LABELS.codes:
        known = ", ".join(tlp_text(code) for code in TLP_LABELS.codes)
        raise Refusal(
            "audience",
            tr("“{text}” is not an audience; use one of {known}.", text=text[:40], known=known),
        )
    return label


def redact(
    tables: Tables,
    audience: str,
    *,
    as_of: PartialDate | None = None,
    keep_positions: bool = False,
    id_mark: str = "",
    only: Collection[str] | None = None,
    aliases: Aliases | None = None,
) -> RedactedCopy:
    """Rebuild a project as an audience may see it.

    Args:
        tables: the project.
        audience: a TLP label, see `check_audience`.
        as_of: day that the copy is about; the project's own if None and visible.
        keep_positions: take coordinates along; gaps between cards may then tell of others.
        id_mark: put before each new id, to tell the ids of two packs apart.
        only: ids of the actors to take, with what belongs to them; None takes everything.
        aliases: who is shown under an alias; nobody if None.

    Raises:
        Refusal: when the audience is not a label.
    """
    label = check_audience(audience)
    visible = Visible(tables, label, keep_positions=keep_positions, only=only)
    mentions = mentions_of_withheld(tables, visible)
    renaming = Renaming(aliases, visible.tables) if aliases else None
    if renaming is not None:
        mentions += _renamed(visible, renaming)
    builder = _Builder(visible, label, keep_positions=keep_positions)
    content, ids = builder.build(id_mark)
    project: Record = _project(tables.project, label, as_of)
    content["project"] = {PROJECT_ID: renaming.renamed("project", project) if renaming else project}
    return RedactedCopy(
        audience=label,
        content=content,
        ids=ids,
        withheld=tuple(visible.withheld),
        emptied=tuple(builder.emptied),
        mentions=mentions,
        kept_positions=keep_positions,
        aliases=renaming.given if renaming else {},
    )


class _Builder:
    """Turns visible records into those of the copy."""

    def __init__(self, visible: Visible, audience: str, *, keep_positions: bool) -> None:
        self._visible = visible
        self._audience = audience
        self._keep_positions = keep_positions
        self._new: dict[tuple[str, str], str] = {}
        self.emptied: list[EmptiedReference] = []

    def build(self, id_mark: str) -> tuple[Content, dict[str, tuple[str, str]]]:
        """The content with new ids in new order, and the way back from new to old ids."""
        stripped = {
            table: {record.id: self._stripped(table, record) for record in records.values()}
            for table, records in self._visible.tables.items()
        }
        ordered = order(stripped)
        for table, records in ordered.items():
            self._number(table, records, id_mark)
        content: Content = {}
        for table, records in ordered.items():
            renewed = [self._renewed(table, record) for record in records]
            content[table] = {record.id: record for record in renewed}
        ids = {new: old for old, new in self._new.items() if old[0] not in _FIXED_IDS}
        return content, ids

    def _number(self, table: str, records: Iterable[Record], id_mark: str) -> None:
        for number, record in enumerate(records, start=1):
            if table in _FIXED_IDS:
                self._new[table, record.id] = record.id
            else:
                self._new[table, record.id] = f"{id_mark}{_PREFIXES[table]}{number:04d}"

    def _stripped(self, table: str, record: Record) -> Record:
        """The record without what the audience may not see; ids are still the old ones."""
        record = without_guarded_fields(table, record, self._audience)
        changes: dict[str, object] = {"external": ()} if record.external else {}
        for spec in REFERENCE_FIELDS[table]:
            if spec.target != "*":
                value = getattr(record, spec.name)
                kept = self._kept(spec.target, value)
                if kept != value:
                    changes[spec.name] = kept
                    self.emptied.append(EmptiedReference(table, record.id, spec.name))
        changes |= self._layout_changes(record)
        if isinstance(record, Answer):
            changes["target_state"] = ""  # it was taken of the whole target
        return msgspec.structs.replace(record, **changes) if changes else record

    def _kept(self, target: str, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if isinstance(value, tuple):
            return tuple(one for one in value if self._visible.has(target, one))
        return value if not value or self._visible.has(target, value) else ""

    def _layout_changes(self, record: Record) -> dict[str, object]:
        """Drop what tells of places on the map; sort what has an order by accident only."""
        if isinstance(record, View):
            kept = _kept_filters(record.filters, self._visible)
            styling = dict(sorted(record.styling.items()))
            return {"filters": kept, "styling": styling, "camera": None}
        if isinstance(record, Baseline):
            return {"values": tuple(one for one in record.values if self._may_keep(one))}
        if self._keep_positions:
            return {}
        if isinstance(record, Linkage):
            return {"bends": (), "label_at": None} if record.bends or record.label_at else {}
        if isinstance(record, Track):
            return {"height": 0.0, "collapsed": False}
        return {"collapsed": False} if isinstance(record, Group) and record.collapsed else {}

    def _may_keep(self, value: tuple[str, str, str, str]) -> bool:
        table, record_id, field, _text = value
        spec = FIELDS.get(table, {}).get(field)
        return self._visible.has(table, record_id) and spec is not None and not spec.target

    def _renewed(self, table: str, record: Record) -> Record:
        """The record with its new id and the new ids of what it refers to."""
        changes: dict[str, object] = {"id": self._new[table, record.id]}
        for spec in REFERENCE_FIELDS[table]:
            value = getattr(record, spec.name)
            if value:
                target = spec.target_in(record)
                changes[spec.name] = self._renamed(target, value)
        changes |= self._special_ids(record)
        return msgspec.structs.replace(record, **changes)

    def _renamed(self, target: str, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if isinstance(value, tuple):
            return tuple(self._new[target, one] for one in value)
        return PROJECT_ID if target == "project" else self._new[target, value]

    def _special_ids(self, record: Record) -> dict[str, object]:
        """Ids that stand in fields which are not references by the catalogue."""
        if isinstance(record, Answer) and self._visible.has("checklist_items", record.item_id):
            return {"item_id": self._new["checklist_items", record.item_id]}
        if isinstance(record, Placement):
            table = "actors" if self._visible.has("actors", record.id) else "notes"
            return {"id": self._new[table, record.id]}
        if isinstance(record, Claim):
            spec = FIELDS.get(record.target_table, {}).get(record.field)
            if spec is not None and spec.target:
                return {"value": self._new[spec.target, record.value]}
        if isinstance(record, Baseline):
            renamed = ((t, self._new[t, i], f, text) for t, i, f, text in record.values)
            return {"values": tuple(sorted(renamed))}
        if isinstance(record, View):
            return {"filters": {key: self._new_values(v) for key, v in record.filters.items()}}
        return {}

    def _new_values(self, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(self._new_value(value) for value in values))

    def _new_value(self, value: str) -> str:
        if value in _ALL_CODES:
            return value
        counted = (table for table in TABLES if table not in _FIXED_IDS)
        return next(self._new[table, value] for table in counted if (table, value) in self._new)


def _kept_filters(
    filters: Mapping[str, tuple[str, ...]], visible: Visible
) -> dict[str, tuple[str, ...]]:
    """Filter values that are codes or name visible records; anything else could tell."""
    kept = {}
    for key in sorted(filters):
        values = tuple(
            value
            for value in filters[key]
            if value in _ALL_CODES
            or any(visible.has(table, value) for table in TABLES if table not in _FIXED_IDS)
        )
        if values:
            kept[key] = values
    return kept


def _project(project: Project, audience: str, as_of: PartialDate | None) -> Project:
    """The project record: all of it if its own label allows, else only how to handle the copy.

    The Chatham House Rule is a handling caveat and always travels along.
    """
    if not is_visible(project, audience):
        return Project(
            id=PROJECT_ID, tlp=audience, as_of=as_of, chatham_house=project.chatham_house
        )
    return msgspec.structs.replace(
        project,
        as_of=as_of or project.as_of,
        external=(),
        source_ids=(),
        thresholds=dict(sorted(project.thresholds.items())),
    )


def _renamed(visible: Visible, renaming: Renaming) -> tuple[Mention, ...]:
    """Put aliases in the place of names; returns texts that still hold the letters of one."""
    found = []
    visible.withhold_claims(renaming.tells)
    for table, records in visible.tables.items():
        specs = [spec for spec in FIELDS[table].values() if spec.searchable]
        for record_id in list(records):
            records[record_id] = record = renaming.renamed(table, records[record_id])
            for spec in specs:
                name = renaming.left_in(as_text(getattr(record, spec.name)))
                if name:
                    found.append(Mention(table, record_id, spec.name, name))
    return tuple(found)
