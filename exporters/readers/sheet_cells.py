"""The cells of a workbook's sheet, several times as fast as openpyxl reads them.

openpyxl still reads what surrounds them: styles, shared texts, which sheets there are. Its way of
reading a cell takes most of the time that a workbook of 20,000 rows needs to come back.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK: Final = 262_144
_DIGITS: Final = "0123456789"
_LAST_COLUMN: Final = 16_384


Meaning = Literal["", "day", "span"]
"""What a number counts, by its format: itself, days since 1900, or how long something takes."""


class Cell(NamedTuple):
    """What stands in a cell.

    Attributes:
        value: a text, number, truth, day or moment; None where it is empty or never reckoned.
        data_type: "e" for an error of the spreadsheet, as openpyxl has it.
        number_format: how a number or day is shown.
        formula: what the value was reckoned from.
    """

    value: object = None
    data_type: str = "n"
    number_format: str = "General"
    formula: str = ""


EMPTY: Final = Cell()


class HoldsEntities(ValueError):
    """A sheet that declares a document type; no honest workbook does."""


def numbered_rows(sheet: Any) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a sheet that openpyxl has opened for reading, as far as each goes.

    Raises:
        HoldsEntities: before anything of them is read.
        ValueError: it is damaged.
    """
    reader = _Reader(sheet.parent, sheet._shared_strings)  # noqa: SLF001 - it has no other name
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.texts.append
    parser.StartDoctypeDeclHandler = _refuse
    try:
        with closing(sheet._get_source()) as stream:  # noqa: SLF001 - the same
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
                yield from reader.taken()
            parser.Parse(b"", True)
            yield from reader.taken()
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def _refuse(*_declared: object) -> None:
    raise HoldsEntities


class _Names(dict[str, str]):
    """Names of elements without their namespace."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition("}")[2]
        return self[name]


class _Columns(dict[str, int]):
    """Numbers of columns by their letters."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for one in letters:
            number = number * 26 + ord(one) - 64
        if not 0 < number <= _LAST_COLUMN:
            raise ValueError(letters)
        self[letters] = number
        return number


class _Reader:
    """Hears of elements and makes cells of them."""

    def __init__(self, book: Any, shared: Any) -> None:
        self._book = book
        self._shared = shared
        self._names = _Names()
        self._columns = _Columns()
        self._formats: dict[int, tuple[str, Meaning]] = {}
        self._rows: list[tuple[int, list[Cell]]] = []
        self._row: list[Cell] = []
        self._number = 0
        self._attributes: dict[str, str] = {}
        self._value: str | None = None
        self._inline: list[str] = []
        self._formula = ""
        self._is_phonetic = False
        self.texts: list[str] = []

    def taken(self) -> list[tuple[int, list[Cell]]]:
        """The rows that are complete, each once."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        local = self._names[name]
        if local in {"v", "t", "f"}:
            self.texts.clear()
        elif local == "c":
            self._attributes = attributes
            self._value, self._formula = None, ""
            self._inline.clear()
        elif local == "row":
            self._number = int(attributes.get("r") or self._number + 1)
            self._row = []
        elif local == "rPh":
            self._is_phonetic = True

    def end(self, name: str) -> None:
        """An element ends."""
        local = self._names[name]
        if local == "v":
            self._value = "".join(self.texts)
        elif local == "t":
            if not self._is_phonetic:
                self._inline += self.texts
        elif local == "f":
            self._formula = "=" + "".join(self.texts)
        elif local == "c":
            self._add()
        elif local == "row":
            self._rows.append((self._number, self._row))
        elif local == "rPh":
            self._is_phonetic = False

    def _add(self) -> None:
        row, place = self._row, self._attributes.get("r")
        at = self._columns[place.rstrip(_DIGITS)] - 1 if place else len(row)
        if at > len(row):
            row.extend([EMPTY] * (at - len(row)))
        elif at < len(row):
            raise ValueError(place)
        kind = self._attributes.get("t", "n")
        if kind == "inlineStr":
            row.append(Cell("".join(self._inline), "s"))
        elif kind == "str" and self._value == "":
            row.append(Cell("", "s", formula=self._formula))  # a formula that gives no text
        elif not self._value:
            row.append(Cell(formula=self._formula) if self._formula else EMPTY)
        else:
            row.append(self._valued(kind, self._value))

    def _valued(self, kind: str, text: str) -> Cell:
        if kind == "s":
            return Cell(self._shared[int(text)], "s", formula=self._formula)
        if kind == "b":
            return Cell(bool(int(text)), "b", formula=self._formula)
        if kind == "n":
            return self._number_or_day(text)
        if kind == "d":
            return Cell(_moment(text), "d", self._format()[0], self._formula)
        return Cell(text, "e" if kind == "e" else "s", formula=self._formula)

    def _number_or_day(self, text: str) -> Cell:
        number = float(text) if "." in text or "e" in text.lower() else int(text)
        shown, meaning = self._format()
        if not meaning:
            return Cell(number, "n", shown, self._formula)
        from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 - slow to import

        try:
            day = from_excel(number, self._book.epoch, timedelta=meaning == "span")
            return Cell(day, "d", shown, self._formula)
        except (OverflowError, ValueError):
            return Cell("#VALUE!", "e", shown, self._formula)

    def _format(self) -> tuple[str, Meaning]:
        """How the cell is shown, and what its number counts."""
        style = int(self._attributes.get("s") or 0)
        if style not in self._formats:
            self._formats[style] = self._found_format(style)
        return self._formats[style]

    def _found_format(self, style: int) -> tuple[str, Meaning]:
        from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - slow to import

        book = self._book
        number = book._cell_styles[style].numFmtId  # noqa: SLF001 - as its own cells do
        if number in BUILTIN_FORMATS:
            shown = BUILTIN_FORMATS[number]
        else:
            shown = book._number_formats[number - 164] if number >= 164 else "General"  # noqa: SLF001
        meaning: Meaning = ""
        if style in book._date_formats:  # noqa: SLF001 - the same
            meaning = "span" if style in book._timedelta_formats else "day"  # noqa: SLF001
        return str(shown), meaning


def _moment(text: str) -> object:
    from openpyxl.utils.datetime import from_ISO8601  # noqa: PLC0415 - slow to import

    read: Any = from_ISO8601
    return read(text)
