"""The cells of a workbook's sheets as openpyxl reads them, with the formulas behind their results.

openpyxl tells results or formulas, never both, so a workbook with formulas is read twice, in step.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ />]")
_EMPTY_TEXT: Final = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="str")[^>]*\br="([A-Z]+\d+)"[^>]*>\s*'
    rb"<(?:\w+:)?f(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*<(?:\w+:)?v(?:\s*/>|></)"
)
"""A formula whose saved result is the empty text; openpyxl does not tell it from none at all."""


class Cell(NamedTuple):
    """What stands in a cell.

    Attributes:
        value: a text, number, truth, day or moment; None where it is empty or never reckoned.
        data_type: as openpyxl has it; "e" for an error of the spreadsheet.
        number_format: how a number or day is shown.
        formula: what the value was reckoned from.
    """

    value: object = None
    data_type: str = "n"
    number_format: str = "General"
    formula: str = ""


EMPTY: Final = Cell()


class OpenedSheet:
    """A sheet that is ready to be read once.

    Attributes:
        title: of the sheet.
        part: where it lies in the package.
    """

    def __init__(self, results: Any, formulas: Any, content: bytes) -> None:
        """Take what openpyxl has opened.

        Args:
            results: the sheet as values.
            formulas: the same sheet as formulas; None where there are none.
            content: the part of the package that it lies in.
        """
        self.title: str = str(results.title)
        self.part: str = results._worksheet_path  # noqa: SLF001 - there is no other way
        self._results = results
        self._formulas = formulas
        found = _EMPTY_TEXT.findall(content) if formulas is not None else []
        self._empty_texts = frozenset(place.decode() for place in found)

    def rows(self) -> Iterator[list[Cell]]:
        """All rows from the first one on, as far as each goes."""
        self._results.reset_dimensions()  # what the file says of its size need not be true
        if self._formulas is None:
            yield from map(_cells, self._results.iter_rows())
            return
        self._formulas.reset_dimensions()
        both = zip(self._results.iter_rows(), self._formulas.iter_rows(), strict=True)
        for results, formulas in both:
            yield [
                self._with_formula(cell, source) if source.data_type == "f" else cell
                for cell, source in zip(_cells(results), formulas, strict=True)
            ]

    def _with_formula(self, cell: Cell, source: Any) -> Cell:
        if cell.value is None and source.coordinate in self._empty_texts:
            return Cell("", "s", formula=str(source.value))
        return cell._replace(formula=str(source.value))


def _cells(row: tuple[Any, ...]) -> list[Cell]:
    return [
        EMPTY if cell.value is None else Cell(cell.value, cell.data_type, cell.number_format)
        for cell in row
    ]


@contextmanager
def opened_sheets(data: bytes) -> Iterator[list[OpenedSheet]]:
    """The sheets of a workbook; errors of openpyxl come through, then or while they are read."""
    with warnings.catch_warnings(), ExitStack() as stack:
        warnings.simplefilter("ignore")  # of openpyxl, about parts of no interest here
        results = stack.enter_context(closing(_loaded(data, values=True))).worksheets
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [package.read(sheet._worksheet_path) for sheet in results]  # noqa: SLF001
        formulas: list[Any] = [None] * len(results)
        if any(map(_FORMULA.search, parts)):
            formulas = stack.enter_context(closing(_loaded(data, values=False))).worksheets
        yield [
            OpenedSheet(one, other, content)
            for one, other, content in zip(results, formulas, parts, strict=True)
        ]


def _loaded(data: bytes, *, values: bool) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    return load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
