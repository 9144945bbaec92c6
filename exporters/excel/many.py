"""The sheet of several values: what stands together in one cell elsewhere, one row for each.

For pivot tables and counts. It follows from the other sheets and is not read back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.wording import reference_ids
from model.fields import FIELDS, TABLE_SPECS
from model.naming import name_of
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.excel.columns import CellValue
    from model.tables import Tables


def many_heads() -> list[str]:
    """The headings of the sheet."""
    return [tr("Sheet"), tr("Id"), tr("Name"), tr("Field"), tr("Value"), tr("Code or id")]


def many_rows(tables: Tables, wanted: Sequence[str]) -> Iterator[list[CellValue]]:
    """One row for each value of each field that can hold several."""
    for table in wanted:
        specs = [
            spec
            for spec in FIELDS[table].values()
            if spec.in_sheets and spec.kind in {"codes", "references"}
        ]
        for record in tables.table(table).values() if specs else ():
            name = ""
            for spec in specs:
                values = getattr(record, spec.name)
                if not values:
                    continue
                name = name or name_of(tables, table, record.id)
                head: list[CellValue] = [TABLE_SPECS[table].title, record.id, name, spec.title]
                if spec.codes is not None:
                    for code in values:
                        yield [*head, spec.codes.label(code), code]
                else:
                    target = spec.target_in(record)
                    for one in reference_ids(record, spec):
                        yield [*head, name_of(tables, target, one), one]
