"""The cells of all sheets of a workbook as plain values, by streaming its parts."""

from __future__ import annotations

from functools import lru_cache
from posixpath import join, normpath
from typing import TYPE_CHECKING, Final

from exporters.readers.limits import UnreadableSource, check_shape
from exporters.readers.xml_parts import local, read_part
from resources.text import tr

if TYPE_CHECKING:
    import zipfile
    from datetime import datetime

    from exporters.readers.limits import Limits
    from exporters.readers.xml_parts import Attributes

NOT_A_VALUE: Final = float("nan")
"""What an Excel error becomes."""
_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


class Package:
    """The parts of one workbook: sheets by title, shared texts, and which styles are dates."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        """Read everything but the sheets.

        Raises:
            EntityFound, ValueError, KeyError: a part is not what it should be.
        """
        self._package = package
        self._targets: dict[str, tuple[str, str]] = {}
        self.sheets: list[tuple[str, str]] = []
        self.is_from_1904 = False
        self.texts: list[str] = []
        self.dates: set[int] = set()
        self.durations: set[int] = set()
        self._read(_RELATIONS, self._relation)
        self._read(_BOOK, self._book)
        for kind, target in self._targets.values():
            if kind == "sharedStrings":
                self._shared(target)
            elif kind == "styles":
                self._styles(target)

    def cells(self, part: str, place: str, limits: Limits) -> list[list[object]]:
        """The values of a sheet, in rows of the same width; None for empty cells.

        Raises:
            EntityFound, ValueError, KeyError: the part is not what it should be.
            UnreadableSource: it goes beyond the limits.
        """
        reader = _Cells(self, place, limits)
        with self._package.open(part) as file:
            read_part(file, reader.start, reader.end, reader.text)
        return reader.table()

    def _read(self, part: str, start: object, *more: object) -> None:
        with self._package.open(part) as file:
            read_part(file, start, *more)  # type: ignore[arg-type]

    def _relation(self, name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = normpath(join("/xl", attributes["Target"])).lstrip("/")
            kind = attributes["Type"].rpartition("/")[2]
            self._targets[attributes["Id"]] = (kind, target)

    def _book(self, name: str, attributes: Attributes) -> None:
        tag = local(name)
        if tag == "workbookPr":
            self.is_from_1904 = attributes.get("date1904", "0") in {"1", "true"}
        elif tag == "sheet":
            relation = next(value for key, value in attributes.items() if local(key) == "id")
            kind, target = self._targets[relation]
            if kind == "worksheet":
                self.sheets.append((attributes["name"], target))

    def _shared(self, part: str) -> None:
        reader = _SharedTexts(self.texts)
        self._read(part, reader.start, reader.end, reader.text)

    def _styles(self, part: str) -> None:
        from openpyxl.styles.numbers import (  # noqa: PLC0415 - slow to import
            builtin_format_code,
            is_date_format,
            is_timedelta_format,
        )

        formats: dict[int, str] = {}
        used: list[int] = []
        inside: list[bool] = [False]

        def start(name: str, attributes: Attributes) -> None:
            tag = local(name)
            if tag == "numFmt":
                formats[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif tag == "cellXfs":
                inside[0] = True
            elif tag == "xf" and inside[0]:
                used.append(int(attributes.get("numFmtId", "0")))

        def end(name: str) -> None:
            if local(name) == "cellXfs":
                inside[0] = False

        self._read(part, start, end)
        for style, number in enumerate(used):
            code = formats[number] if number in formats else builtin_format_code(number)
            if is_date_format(code):
                self.dates.add(style)
            if is_timedelta_format(code):
                self.durations.add(style)


class _SharedTexts:
    """Collects the texts that cells share; how they are spoken (phonetic runs) is no text."""

    def __init__(self, found: list[str]) -> None:
        self._found = found
        self._pieces: list[str] = []
        self._taken = False
        self._spoken = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        tag = local(name)
        if tag == "t":
            self._taken = not self._spoken
        elif tag == "rPh":
            self._spoken += 1

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "t":
            self._taken = False
        elif tag == "rPh":
            self._spoken -= 1
        elif tag == "si":
            self._found.append("".join(self._pieces).replace("x005F_", ""))
            self._pieces = []

    def text(self, piece: str) -> None:
        if self._taken:
            self._pieces.append(piece)


class _Cells:
    """Collects the cells of a sheet."""

    def __init__(self, package: Package, place: str, limits: Limits) -> None:
        self._package = package
        self._place = place
        self._limits = limits
        self._rows: dict[int, dict[int, object]] = {}
        self._row = self._column = self._width = 0
        self._kind = "n"
        self._style = 0
        self._value: list[str] = []
        self._inline: list[str] = []
        self._into: list[str] | None = None
        self._spoken = 0
        self._names: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        tag = self._names.get(name)
        if tag is None:
            tag = self._names[name] = local(name)
        if tag == "c":
            self._begin(attributes)
        elif tag == "t":
            self._into = None if self._spoken else self._inline
        elif tag == "v":
            self._into = self._value
        elif tag == "row":
            number = attributes.get("r")
            self._row = self._row + 1 if number is None else int(float(number))
            self._column = 0
        elif tag == "rPh":
            self._spoken += 1

    def end(self, name: str) -> None:
        tag = self._names[name]
        if tag == "c":
            # Column and value are known; what is empty takes no room.
            value = self._read()
            if value is not None:
                self._keep(value)
        elif tag in {"t", "v"}:
            self._into = None
        elif tag == "rPh":
            self._spoken -= 1

    def text(self, piece: str) -> None:
        if self._into is not None:
            self._into.append(piece)

    def table(self) -> list[list[object]]:
        last = max(self._rows, default=0)
        check_shape(self._place, last, self._width, self._limits)
        found: list[list[object]] = []
        for number in range(1, last + 1):
            row: list[object] = [None] * self._width
            for column, value in self._rows.get(number, {}).items():
                row[column - 1] = value
            found.append(row)
        return found

    def _begin(self, attributes: Attributes) -> None:
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._value, self._inline = [], []
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            letters = place.rstrip("0123456789")
            self._column = _column(letters)
            self._row = int(place[len(letters) :])

    def _keep(self, value: object) -> None:
        if self._row < 1:
            raise ValueError(self._row)
        self._width = max(self._width, self._column)
        if self._row > self._limits.rows or self._column > self._limits.columns:
            check_shape(self._place, self._row, self._column, self._limits)
        self._rows.setdefault(self._row, {})[self._column] = value

    def _read(self) -> object:
        kind = self._kind
        if kind == "inlineStr":
            return "".join(self._inline) or None
        value = "".join(self._value)
        if not value:
            return None
        if kind == "s":
            return self._package.texts[int(value)] or None
        if kind == "str":
            return value
        if kind == "n":
            return self._number(value)
        if kind == "b":
            return bool(int(value))
        if kind == "e":
            return NOT_A_VALUE
        return _moment(value) if kind == "d" else value

    def _number(self, text: str) -> object:
        number = float(text) if "." in text or "e" in text or "E" in text else int(text)
        if self._style in self._package.dates:
            from openpyxl.utils.datetime import (  # noqa: PLC0415 - slow to import
                MAC_EPOCH,
                WINDOWS_EPOCH,
                from_excel,
            )

            epoch: datetime = MAC_EPOCH if self._package.is_from_1904 else WINDOWS_EPOCH
            try:
                found: object = from_excel(
                    number, epoch, timedelta=self._style in self._package.durations
                )
            except (OverflowError, ValueError):
                return NOT_A_VALUE
            return found
        if isinstance(number, float):
            if number in {float("inf"), float("-inf")}:
                return NOT_A_VALUE
            return int(number) if number.is_integer() else number
        return number


def _moment(text: str) -> object:
    from openpyxl.utils.datetime import from_ISO8601  # noqa: PLC0415 - slow to import

    moment: object = from_ISO8601(text)  # type: ignore[no-untyped-call]
    return moment


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """The number of a column that is called by letters."""
    number = 0
    for letter in letters:
        digit = ord(letter) - 64
        if not 1 <= digit <= 26:
            raise ValueError(letters)
        number = number * 26 + digit
    if not 1 <= number <= 18278:
        raise ValueError(letters)
    return number


def all_cells(
    package: zipfile.ZipFile, places: dict[str, str], limits: Limits
) -> dict[str, list[list[object]]]:
    """The values of all sheets by title; `places` says how each is called in messages.

    Raises:
        EntityFound, ValueError, KeyError: a part is not what it should be.
        UnreadableSource: it goes beyond the limits.
    """
    book = Package(package)
    if len(book.sheets) > limits.files:
        reason = tr("it has more than {limit} sheets", limit=limits.files)
        raise UnreadableSource(places[""], reason)
    found = {}
    for title, part in book.sheets:
        places[title] = tr("{file}, sheet {sheet}", file=places[""], sheet=title)
        found[title] = book.cells(part, places[title], limits)
    return found
