"""Which records an audience sees: labels first, then what cannot stand without what is withheld."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from model.fields import FIELDS, REFERENCE_FIELDS
from model.records import TABLES, Answer, Claim, Placement
from model.redaction.labels import effective_label, is_visible
from model.redaction.part import belonging

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from model.fields import FieldSpec
    from model.records import Record
    from model.tables import Tables

Why = Literal["label", "floor", "depends", "never", "part", "alias"]

NEVER_LEAVES: Final = frozenset({"exports", "conflicts", "baselines", "recipes"})
"""Tables that stay with the sender: the map from exported ids to records would undo everything,
open conflicts and baselines hold values of other records, and recipes say who gets an alias."""

_SHIPPED_ITEM: Final = re.compile(r"DNH-\d{2}")


class WithheldRecord(msgspec.Struct, frozen=True):
    """A record that the audience does not get; for the sender's eyes only.

    ``why``: its label, the floor of its matter, something that it needs is withheld (``because``
    is its table and id), its table never leaves, it does not belong to the chosen part, or it would
    tell who stands behind an alias.
    """

    table: str
    id: str
    label: str
    why: Why
    because: tuple[str, str] = ("", "")


class Visible:
    """The records that stay, by table and id, and the account of those that do not."""

    def __init__(
        self,
        tables: Tables,
        audience: str,
        *,
        keep_positions: bool,
        only: Collection[str] | None = None,
    ) -> None:
        """Decide for every record of the project but the project record itself.

        Args:
            tables: the project.
            audience: a TLP label.
            keep_positions: whether places on the map stay.
            only: ids of the actors to take, with what belongs to them; None takes everything.
        """
        self.withheld: list[WithheldRecord] = []
        self.tables: dict[str, dict[str, Record]] = {name: {} for name in TABLES}
        for table in TABLES:
            if table != "project" and (keep_positions or table != "placements"):
                self._take(table, tables.table(table), audience)
        self._drop_dependents()
        if only is not None:
            self._take_part(frozenset(only))

    def has(self, table: str, record_id: str) -> bool:
        """Whether the record stays."""
        return record_id in self.tables.get(table, {})

    def withhold_claims(self, tells: Callable[[Record], bool]) -> None:
        """Leave out further views that would tell who stands behind an alias."""
        for claim in [one for one in self.tables["claims"].values() if tells(one)]:
            del self.tables["claims"][claim.id]
            self._withhold("claims", claim, "alias")
        self._drop_dependents()

    def _take(self, table: str, records: Mapping[str, Record], audience: str) -> None:
        for record in records.values():
            if table in NEVER_LEAVES:
                self._withhold(table, record, "never")
            elif is_visible(record, audience):
                self.tables[table][record.id] = record
            else:
                by_label = effective_label(record) == record.tlp
                self._withhold(table, record, "label" if by_label else "floor")

    def _take_part(self, only: frozenset[str]) -> None:
        """Leave behind all but the chosen actors and what belongs to them."""
        actors = self.tables["actors"]
        self._leave_behind("actors", [one for one in actors.values() if one.id not in only])
        self._drop_dependents()
        kept = belonging(self.tables)
        for table, records in self.tables.items():
            strangers = [one for one in records.values() if (table, one.id) not in kept]
            self._leave_behind(table, strangers)
        self._drop_dependents()

    def _leave_behind(self, table: str, records: list[Record]) -> None:
        for record in records:
            del self.tables[table][record.id]
            self._withhold(table, record, "part")

    def _withhold(
        self, table: str, record: Record, why: Why, because: tuple[str, str] = ("", "")
    ) -> None:
        self.withheld.append(WithheldRecord(table, record.id, record.tlp, why, because))

    def _drop_dependents(self) -> None:
        """Drop what requires something withheld, until nothing changes any more."""
        dropped = True
        while dropped:
            dropped = False
            for table, records in self.tables.items():
                for record in list(records.values()):
                    missing = self._missing(table, record)
                    if missing is not None:
                        del records[record.id]
                        self._withhold(table, record, "depends", missing)
                        dropped = True

    def _missing(self, table: str, record: Record) -> tuple[str, str] | None:
        """What the record needs and the audience does not get; None where it can stand."""
        for spec in REFERENCE_FIELDS[table]:
            if spec.target == "*":
                wanted_table, wanted = _target(record, spec)
                if wanted_table and not self.has(wanted_table, wanted):
                    return wanted_table, wanted
            elif spec.required:
                wanted = str(getattr(record, spec.name))
                if not self.has(spec.target, wanted):
                    return spec.target, wanted
        return None if self._special_case_stands(record) else ("", "")

    def _special_case_stands(self, record: Record) -> bool:
        if isinstance(record, Placement):
            return self.has("actors", record.id) or self.has("notes", record.id)
        if isinstance(record, Answer):
            own = self.has("checklist_items", record.item_id)
            return own or bool(_SHIPPED_ITEM.fullmatch(record.item_id))
        if isinstance(record, Claim):
            return self._claim_stands(record)
        return True

    def _claim_stands(self, claim: Claim) -> bool:
        """A claim about a reference shows what it names only if that is visible too."""
        spec = FIELDS.get(claim.target_table, {}).get(claim.field)
        if spec is None or not spec.target:
            return True
        return spec.target != "*" and self.has(spec.target, claim.value)


def _target(record: Record, spec: FieldSpec) -> tuple[str, str]:
    """What the record says it is about; the project itself counts as nothing in particular."""
    table = spec.target_in(record)
    return ("", "") if table in {"", "project"} else (table, str(getattr(record, spec.name)))
