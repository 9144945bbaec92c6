"""What helps to work in a table's sheet: drop-down lists, hints, colours by value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from exporters.excel.cells import letters, serial
from model.codes import CODE_LISTS
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from exporters.excel.columns import Column
    from exporters.excel.package import SheetBody
    from exporters.excel.sheets import Book

SPARE_ROWS: Final = 200
"""Rows below a table that have drop-down lists too, for records that are added."""
_PROMPT: Final = 250
_AMBER: Final = ("FFF4DC", "7A4B00")
_RED: Final = ("FBE4E1", "8E1B10")
_GREY: Final = ("EEF0F3", "5F6B7A")
_GREEN: Final = ("E3F3E6", "17602B")
_LABEL_COLOURS: Final = {"RED": _RED, "AMBER+STRICT": _AMBER, "AMBER": _AMBER, "GREEN": _GREEN}
_VALUE_COLOURS: Final[dict[tuple[str, str], dict[str, tuple[str, str]]]] = {
    ("linkages", "decision"): {"keep_apart": _RED, "wait": _AMBER},
    ("linkages", "status"): {"ended": _GREY},
    ("activities", "status"): {"cancelled": _GREY, "closed": _GREY, "suspended": _AMBER},
    ("activities", "lead_consulted"): {"no": _RED},
    ("answers", "answer"): {"no": _RED, "partly": _AMBER},
    ("funding", "status"): {"indicative": _AMBER},
}
"""Fill and ink by code, where a value calls for a look; the word itself says the same."""


def add_drop_downs(
    book: Book, body: SheetBody, columns: Sequence[Column], count: int, lists_title: str
) -> None:
    """Let cells with codes be chosen from their list, with the help of the field."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - only exports

    for at, column in enumerate(columns, start=1):
        if column.spec is None or column.spec.kind != "code" or column.part != "value":
            continue
        quoted = lists_title.replace("'", "''")
        cells = book.list_range(column.spec.list_name, column.title, body.sheet.title)
        source = f"'{quoted}'!{cells}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.errorTitle = column.title[:32]
        rule.error = tr("Choose one of the values of the list.")
        rule.add(f"{letters(at)}2:{letters(at)}{count + 1 + SPARE_ROWS}")
        body.sheet.data_validations.append(rule)


def add_hints(body: SheetBody, columns: Sequence[Column]) -> None:
    """Show what a column means when its heading is selected."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - only exports

    for at, column in enumerate(columns, start=1):
        text = hint_of(column)
        if text:
            hint = DataValidation(promptTitle=column.title[:32], prompt=text[:_PROMPT])
            hint.showInputMessage = True
            hint.add(f"{letters(at)}1")
            body.sheet.data_validations.append(hint)


def hint_of(column: Column) -> str:
    """What a column means, beyond its heading."""
    spec = column.spec
    if spec is None:
        return tr("Shows which records are not checked or illustrative.")
    if column.part == "ids":
        return tr("Decides when the workbook is read back; the names are for people.")
    if column.part == "code":
        return tr("The code beside the label: the same in every language, for pivot tables.")
    if column.part == "names":
        return tr("Write the name of a record of this workbook, or put its id beside it.")
    if spec.kind == "date":
        return spec.hint or tr("As exact as it is known: 2013, 2013-05, 2013-05-17, 2013-Q2.")
    if spec.kind in {"codes", "texts"}:
        return spec.hint or tr("Several values are separated by semicolons.")
    return spec.hint


def add_colours(
    body: SheetBody, table: str, columns: Sequence[Column], count: int, as_of: date
) -> None:
    """Colour what calls for a look; the rules follow when cells are edited."""
    if not count:
        return
    for at, column in enumerate(columns, start=1):
        spec = column.spec
        if spec is None or column.part != "value":
            continue
        place = f"{letters(at)}2:{letters(at)}{count + 1}"
        if spec.name == "tlp":
            _add_labels(body.sheet, place)
        for code, colours in _VALUE_COLOURS.get((table, spec.name), {}).items():
            codes = CODE_LISTS[spec.list_name]
            if code in codes:
                _add_equal(body.sheet, place, codes.label(code), colours)
        if spec.kind == "money":
            _add_bar(body.sheet, place)
        if spec.name == "end" and table in {"funding", "postings", "mandates"}:
            _add_past(body.sheet, place, as_of)


def _add_labels(sheet: Any, place: str) -> None:
    """Labels in pale colours: the standard's black would make one dark column of them."""
    labels = CODE_LISTS["tlp"]
    for code, colours in _LABEL_COLOURS.items():
        if code in labels:
            _add_equal(sheet, place, labels.label(code), colours)


def _add_equal(sheet: Any, place: str, text: str, colours: tuple[str, str]) -> None:
    from openpyxl.formatting.rule import CellIsRule  # noqa: PLC0415 - only exports need it
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - the same

    fill, ink = colours
    quoted = text.replace('"', '""')
    make: Any = CellIsRule
    rule = make(
        operator="equal",
        formula=[f'"{quoted}"'],
        fill=PatternFill("solid", bgColor=f"FF{fill}", fgColor=f"FF{fill}"),
        font=Font(color=f"FF{ink}"),
    )
    sheet.conditional_formatting.add(place, rule)


def _add_bar(sheet: Any, place: str) -> None:
    from openpyxl.formatting.rule import DataBarRule  # noqa: PLC0415 - only exports need it

    make: Any = DataBarRule
    rule = make(start_type="num", start_value=0, end_type="max", color="FFB7CFEA")
    sheet.conditional_formatting.add(place, rule)


def _add_past(sheet: Any, place: str, as_of: date) -> None:
    """Grey for exact days that are over on the day of the export."""
    from openpyxl.formatting.rule import CellIsRule  # noqa: PLC0415 - only exports need it
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - the same

    fill, ink = _GREY
    day = serial(as_of)
    make: Any = CellIsRule
    rule = make(
        operator="between",
        formula=["1", str(day - 1)],
        fill=PatternFill("solid", bgColor=f"FF{fill}", fgColor=f"FF{fill}"),
        font=Font(color=f"FF{ink}"),
    )
    sheet.conditional_formatting.add(place, rule)
