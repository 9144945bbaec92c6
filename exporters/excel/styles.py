"""The cell styles of a workbook, made once and then used by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from exporters.excel.cells import TwoWays
from model.drawing.palette import TLP_INKS

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_INK: Final = "FF1F2933"
_HEAD: Final = "FFE4E9EF"
_MUTED: Final = "FF5F6B7A"
_DAY: Final = "yyyy-mm-dd"
_MARK: Final = "FFFFF3D6"


class Styles:
    """Numbers of cell formats by what they are for."""

    def __init__(self, workbook: Workbook, audience: str, *, from_right: bool = False) -> None:
        """Enter the formats into the workbook.

        In sheets that run from right to left text stands at the right edge, and each format has a
        twin: not every program finds out from a text how it runs.
        """
        from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

        self._sheet = workbook.active or workbook.create_sheet()
        self._from_right = from_right
        top = Alignment(vertical="top")
        left = Alignment(vertical="top", horizontal="left")
        beside = Alignment(vertical="top", horizontal="left", indent=1)
        wrapped = Alignment(vertical="top", wrap_text=True)
        mark = PatternFill("solid", fgColor=_MARK)
        ink = Font(name="Calibri", size=10, color=_INK)
        muted = Font(name="Calibri", size=10, color=_MUTED)
        self.head = self._number(
            font=Font(name="Calibri", size=10, bold=True, color=_INK),
            fill=PatternFill("solid", fgColor=_HEAD),
            alignment=Alignment(vertical="center", wrap_text=True),
        )
        self.plain = self._number(font=ink, alignment=top)
        self.literal = self._number(font=ink, alignment=top, quotePrefix=True)
        self.wrapped = self._number(font=ink, alignment=wrapped)
        self.wrapped_literal = self._number(font=ink, alignment=wrapped, quotePrefix=True)
        self.muted = self._number(font=muted, alignment=top)
        self.muted_indented = self._number(font=muted, alignment=beside)
        self.mark = self._number(font=ink, fill=mark, alignment=top)
        self.reference = self._number(
            font=Font(name="Calibri", size=10, color="FF1B5E9E"),
            alignment=wrapped,
            quotePrefix=True,
        )
        self.typed = self._number(font=ink, alignment=left, number_format="@")
        self.date = self._number(font=ink, alignment=left, number_format=_DAY)
        self.date_beside = self._number(font=ink, alignment=beside, number_format=_DAY)
        self.money = self._number(font=ink, alignment=top, number_format="#,##0.##")
        self.title = self._number(
            font=Font(name="Calibri", size=20, bold=True, color=_INK), quotePrefix=True
        )
        self.heading = self._number(
            font=Font(name="Calibri", size=12, bold=True, color=_INK), quotePrefix=True
        )
        self.prose = self._number(
            font=Font(name="Calibri", size=11, color=_INK), alignment=wrapped, quotePrefix=True
        )
        self.link = self._number(
            font=Font(name="Calibri", size=11, color="FF1B5E9E", underline="single")
        )
        self.tlp = self._number(
            font=Font(name="Calibri", size=14, bold=True, color="FF" + tlp_hex(audience)),
            fill=PatternFill("solid", fgColor="FF000000"),
            alignment=Alignment(horizontal="center", vertical="center"),
        )

    def as_array(self, number: int) -> Any:
        """The format of a number as openpyxl keeps it for columns."""
        book: Any = self._sheet.parent
        return book._cell_styles[number]  # noqa: SLF001 - it has no name for this

    def _number(self, **parts: Any) -> int:
        if not self._from_right:
            return self._entered(parts)
        return TwoWays(*(self._entered(_turned(parts, order)) for order in (1, 2)))

    def _entered(self, parts: dict[str, Any]) -> int:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

        cell = WriteOnlyCell(self._sheet)
        for name, value in parts.items():
            setattr(cell, name, value)
        return int(cell.style_id)


def _turned(parts: dict[str, Any], reading_order: int) -> dict[str, Any]:
    """A format at the right edge, for text of one reading order (1 from left, 2 from right)."""
    from openpyxl.styles import Alignment  # noqa: PLC0415

    asked = parts.get("alignment") or Alignment()
    turned = Alignment(
        horizontal="center" if asked.horizontal == "center" else "right",
        vertical=asked.vertical,
        wrap_text=asked.wrap_text,
        indent=asked.indent,
        readingOrder=reading_order,
    )
    return {**parts, "alignment": turned}


def tlp_hex(audience: str) -> str:
    """The colour of a TLP label as the standard gives it, without "#"."""
    return TLP_INKS.get(audience, TLP_INKS["RED"]).removeprefix("#").upper()
