"""The dashboard of a workbook: counts with links, and native charts of money and time.

Everything here follows from the other sheets as they were exported. It is written as values, never
as formulas, and is not read back.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from exporters.excel.cells import cell_xml, letters, row_xml, serial
from exporters.excel.chart_data import money_rows, time_rows
from exporters.statements import marking
from model.asof import counts_as_edge, exists
from model.codes import CODE_LISTS
from model.fields import TABLE_SPECS
from model.redaction import sees_everything
from model.timeline.money import totals
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.excel.chart_data import Money
    from exporters.excel.columns import CellValue
    from exporters.excel.package import SheetBody
    from exporters.excel.sheets import Book
    from exporters.request import Pack

_BLOCKS: Final = (
    ("actors", "kind", "actor_kind"),
    ("actors", "tracks", "track"),
    ("linkages", "decision", "linkage_decision"),
    ("linkages", "kind", "linkage_kind"),
    ("activities", "status", "activity_status"),
    ("funding", "status", "funding_status"),
)
_CHARTED: Final = {("actors", "tracks"), ("actors", "kind"), ("linkages", "kind"),
                   ("activities", "status")}  # fmt: skip
_MOST_BARS: Final = 12
_CHART_COLUMN: Final = 5
_FIGURE_WIDTHS: Final = (56.0, 14.0, 13.0, 14.0, 30.0, 16.0, 10.0)
"""Of the sheet with figures: a name, a day, a number, a day, a period in words, a sheet, an id."""
_WIDE: Final = 24.0
_NARROW: Final = 15.5
_INKS: Final = ("2F6DB5", "E0A030", "B8433B", "8A94A3")
"""Covered, possible, not covered, without a line; each is named in the legend too."""


def fill_dashboard(
    book: Book, body: SheetBody, pack: Pack, sheets: dict[str, str], data_title: str
) -> None:
    """Write the dashboard.

    Args:
        book, body: the workbook and the sheet that was kept for it.
        pack: the copy.
        sheets: title of the sheet by table.
        data_title: title of the sheet with the figures of the charts, which is added here.
    """
    page = _Page(book, body)
    page.head(pack)
    ranges = {}
    for table, field, list_name in _BLOCKS:
        if table in sheets:
            ranges[table, field] = page.block(pack, table, field, list_name, sheets[table])
    if pack.tables.funding:
        page.amounts(pack, sheets["funding"])
    page.finish()
    _add_charts(book, body, pack, ranges, data_title)


class _Page:
    """Writes the figures on the left side from the top down."""

    def __init__(self, book: Book, body: SheetBody) -> None:
        self._book = book
        self._body = body
        self._row = 0
        body.sheet.sheet_view.showGridLines = False
        body.sheet.page_setup.fitToHeight = 1
        for column, width in (("A", 34.0), ("B", 9.0), ("C", 24.0), ("D", 3.0)):
            body.sheet.column_dimensions[column].width = width

    def head(self, pack: Pack) -> None:
        styles = self._book.styles
        self._line([(tr("Dashboard"), styles.title)], 34)
        self._line([(marking(pack.request.audience), styles.tlp)], 24)
        day = pack.request.as_of.isoformat()
        self._line([(tr("As of {day}, as exported; it does not follow later edits.", day=day),
                     styles.plain)])  # fmt: skip
        actors = sum(exists(one, pack.request.as_of) for one in pack.tables.actors.values())
        links = sum(
            counts_as_edge(one, pack.request.as_of) for one in pack.tables.linkages.values()
        )
        self._line([(tr("Actors on that day"), styles.plain), (actors, styles.plain)])
        self._line([(tr("Linkages that count on that day"), styles.plain), (links, styles.plain)])
        self._row += 1

    def block(self, pack: Pack, table: str, field: str, list_name: str, sheet: str) -> _Range:
        """Counts by code, the most frequent first, under a heading that leads to the sheet."""
        counts: Counter[str] = Counter()
        for record in pack.tables.table(table).values():
            value = getattr(record, field)
            counts.update(value if isinstance(value, tuple) else (value,))
        titles = {"actors": tr("Actors"), "linkages": tr("Linkages"),
                  "activities": tr("Activities"), "funding": tr("Funding")}  # fmt: skip
        spec = _spec(table, field)
        self._heading(tr("{table} by {field}", table=titles[table], field=spec.lower()), sheet)
        first = self._row + 1
        codes = CODE_LISTS[list_name]
        order = {code: at for at, code in enumerate(codes.codes)}
        for code, count in sorted(counts.items(), key=lambda one: (-one[1], order.get(one[0], 0))):
            styles = self._book.styles
            self._line([(codes.label(code), styles.literal), (count, styles.plain),
                        (code, styles.muted_indented)])  # fmt: skip
        last = self._row
        self._row += 1
        return first, last

    def amounts(self, pack: Pack, sheet: str) -> None:
        """Known amounts by currency; currencies are never added."""
        by_currency, unknown = totals(pack.tables.funding.values())
        self._heading(tr("Known amounts by currency"), sheet)
        styles = self._book.styles
        for currency, amount in sorted(by_currency.items()):
            self._line([(currency or tr("No currency"), styles.literal),
                        (float(amount), styles.money)])  # fmt: skip
        if unknown:
            words = plural("{count} line without an amount", "{count} lines without an amount",
                           unknown)  # fmt: skip
            self._line([(words, styles.plain)])

    def _heading(self, text: str, sheet: str) -> None:
        self._line([(text, self._book.styles.link)], 20)
        self._body.links[f"A{self._row}"] = sheet

    def _line(self, cells: Sequence[tuple[CellValue, int]], height: float | None = None) -> None:
        self._row += 1
        xml = [cell_xml(at, self._row, value, style) for at, (value, style) in enumerate(cells, 1)]
        self._body.rows.append(row_xml(self._row, xml, height))

    def finish(self) -> None:
        self._body.extent = f"A1:C{max(self._row, 1)}"


_Range = tuple[int, int]


def _spec(table: str, field: str) -> str:
    from model.fields import FIELDS  # noqa: PLC0415 - a word of it

    return FIELDS[table][field].title


def _add_charts(
    book: Book, body: SheetBody, pack: Pack, ranges: dict[tuple[str, str], _Range], title: str
) -> None:
    """Charts beside the figures; those of money and time have theirs on another sheet."""
    sheet = body.sheet
    row = 4
    for (table, field), (first, found) in ranges.items():
        last = min(found, first + _MOST_BARS - 1)
        if (table, field) in _CHARTED and last > first:
            chart = _bars(sheet, first, last, _heading_of(table, field))
            _read_from_right(chart.y_axis, book)
            sheet.add_chart(chart, f"{letters(_CHART_COLUMN)}{row}")
            row += 2 * round(chart.height) + 2
    data = _ChartData(book, title)
    money = money_rows(pack.tables, pack.request.as_of,
                       with_gaps=sees_everything(pack.request.audience))  # fmt: skip
    times, left = time_rows(pack.tables, pack.request.as_of)
    wide = letters(_CHART_COLUMN + 9)
    row = 4
    if money.rows:
        place = data.add([money.period, *money.series], money.rows)
        chart = _stacked(data.sheet, place, money)
        _read_from_right(chart.x_axis, book)
        sheet.add_chart(chart, f"{wide}{row}")
        row += 18
    if times:
        heads = [tr("Name"), tr("Begins"), tr("Days"), tr("Ends"), tr("As it is known"),
                 tr("Sheet"), tr("Id")]  # fmt: skip
        place = data.add(heads, times)
        words = tr("Phases, milestones and activities")
        if left:
            words = plural("{text} ({count} more in the sheets)", "{text} ({count} more in the "
                           "sheets)", left, text=words)  # fmt: skip
        chart = _gantt(data.sheet, place, times, words)
        _read_from_right(chart.y_axis, book)
        sheet.add_chart(chart, f"{wide}{row}")


def _heading_of(table: str, field: str) -> str:
    return tr("{table} by {field}", table=TABLE_SPECS[table].title,
              field=_spec(table, field).lower())  # fmt: skip


class _ChartData:
    """A visible sheet with the figures of charts, one table under the other."""

    def __init__(self, book: Book, title: str) -> None:
        self._book = book
        self._title = title
        self._body: SheetBody | None = None
        self._row = 0

    @property
    def sheet(self) -> Any:
        """The sheet of openpyxl, which charts refer to."""
        return self._body.sheet if self._body is not None else None

    def add(self, heads: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> _Range:
        """Add a table; returns the rows of its head and its end."""
        styles = self._book.styles
        if self._body is None:
            self._body = self._book.sheet(self._title)
            for at, width in enumerate(_FIGURE_WIDTHS, start=1):
                self._body.sheet.column_dimensions[letters(at)].width = width
        body = self._body
        self._row += 2 if self._row else 1
        first = self._row
        cells = [cell_xml(at, first, text, styles.head) for at, text in enumerate(heads, 1)]
        body.rows.append(row_xml(first, cells))
        for values in rows:
            self._row += 1
            xml = [
                cell_xml(at, self._row, value, _style(book_styles=styles, value=value))
                for at, value in enumerate(values, 1)
                if value is not None
            ]
            body.rows.append(row_xml(self._row, xml))
        body.extent = f"A1:G{self._row}"
        return first, self._row


def _style(*, book_styles: Any, value: CellValue) -> int:
    """Numbers as they are: a style in sheets from right to left is one of two, by its text."""
    if isinstance(value, str):
        style: int = book_styles.literal
    else:
        style = book_styles.plain if isinstance(value, int | float) else book_styles.date_beside
    return style


def _bars(sheet: Any, first: int, last: int, title: str) -> Any:
    from openpyxl.chart import BarChart, Reference  # noqa: PLC0415 - only workbooks need charts

    chart = _plain(BarChart(), title, height=max(4.0, 0.55 * (last - first + 1) + 2.2))
    chart.type = "bar"
    chart.legend = None
    chart.add_data(Reference(sheet, min_col=2, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.crosses = "max"
    chart.y_axis.number_format = "0"
    chart.y_axis.majorGridlines = None
    chart.gapWidth = 40
    chart.width = _NARROW
    chart.series[0].graphicalProperties.solidFill = _INKS[0]
    _with_values(chart)
    return chart


def _stacked(sheet: Any, place: _Range, money: Money) -> Any:
    from openpyxl.chart import BarChart, Reference  # noqa: PLC0415 - the same

    first, last = place
    chart = _plain(BarChart(), money.title, height=8.5)
    chart.grouping = "stacked"
    chart.overlap = 100
    chart.gapWidth = 20
    chart.add_data(
        Reference(sheet, min_col=2, max_col=len(money.series) + 1, min_row=first, max_row=last),
        titles_from_data=True,
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=first + 1, max_row=last))
    for one, at in zip(chart.series, money.places, strict=True):
        one.graphicalProperties.solidFill = _INKS[at]
    chart.legend.position = "b"
    chart.y_axis.number_format = "0"
    return chart


def _gantt(sheet: Any, place: _Range, rows: Sequence[Sequence[CellValue]], title: str) -> Any:
    """Bars from begin to end: a stacked chart whose first series cannot be seen."""
    from openpyxl.chart import BarChart, Reference  # noqa: PLC0415 - the same

    first, last = place
    chart = _plain(BarChart(), title, height=max(6.0, 0.55 * len(rows) + 2.5))
    chart.type = "bar"
    chart.grouping = "stacked"
    chart.overlap = 100
    chart.gapWidth = 30
    chart.legend = None
    chart.add_data(
        Reference(sheet, min_col=2, max_col=3, min_row=first, max_row=last), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=first + 1, max_row=last))
    chart.series[0].graphicalProperties.noFill = True
    chart.series[0].graphicalProperties.line.noFill = True
    chart.series[1].graphicalProperties.solidFill = _INKS[0]
    outline = chart.series[1].graphicalProperties.line  # a single day is seen by its outline
    outline.solidFill, outline.width = _INKS[0], 15_000
    begins = [serial(row[1]) for row in rows if isinstance(row[1], dt.date)]
    ends = [serial(row[3]) for row in rows if isinstance(row[3], dt.date)]
    chart.x_axis.scaling.orientation = "maxMin"
    years = (max(ends) - min(begins)) / 365.25
    first = min(row[1].year for row in rows if isinstance(row[1], dt.date))
    # Ticks a whole number of average years apart then stay in the first days of their years.
    chart.y_axis.scaling.min = serial(dt.date(first, 1, 2)) if years > 2 else min(begins)
    chart.y_axis.scaling.max = max(*ends, begins[0] + 1) + max(1, round(years * 4))
    chart.y_axis.majorUnit = 365.25 * max(1, round(years / 8)) if years > 2 else 91.3
    chart.y_axis.number_format = "yyyy" if years > 2 else "mmm yyyy"
    chart.y_axis.crosses = "max"
    return chart


def _plain(chart: Any, title: str, *, height: float) -> Any:
    """A chart with its title and axes shown, in the same size for all."""
    from openpyxl.chart.text import RichText  # noqa: PLC0415 - the same
    from openpyxl.drawing.text import (  # noqa: PLC0415 - the same
        CharacterProperties,
        Paragraph,
        ParagraphProperties,
    )

    chart.title = title
    small = CharacterProperties(sz=1100, b=True)
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=small)
    for run in chart.title.tx.rich.p[0].r or ():
        run.rPr = small
    chart.title.overlay = False
    text = Paragraph(pPr=ParagraphProperties(defRPr=CharacterProperties(sz=800)),
                     endParaRPr=CharacterProperties(sz=800))  # fmt: skip
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = RichText(p=[text])
    chart.width, chart.height = _WIDE, height
    return chart


def _read_from_right(across: Any, book: Book) -> None:
    """Turn the axis that runs across round where sheets are read from right to left."""
    if book.from_right:
        across.scaling.orientation = "maxMin"


def _with_values(chart: Any) -> None:
    from openpyxl.chart.label import DataLabelList  # noqa: PLC0415 - the same

    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False,
                                     showLegendKey=False)  # fmt: skip
