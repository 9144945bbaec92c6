"""Fonts in PDFs by glyph id: each font file is embedded once, reduced to the glyphs drawn.

The text engine has already chosen glyphs, so the fonts are embedded as Type 0 fonts with the
encoding Identity-H: what stands in the page are glyph ids of our static files (ISO 32000-1, 9.7).
This needs no private parts of reportlab beyond its list of delayed fonts, which a test watches;
reportlab's document has no usable types, so it is Any here.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from model.drawing.font_files import font_files, main_font

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

    from model.drawing.font_files import FontFile

__all__ = ["BASE_FONT", "DocumentFonts", "GlyphFont", "register_base_fonts"]

BASE_FONT: Final = "CrosstrackSans"
"""Name of the main font for reportlab's own text drawing; the bold one has "-Bold" behind."""

_DROPPED_TABLES: Final = (
    *("BASE", "GDEF", "GPOS", "GSUB", "OS/2", "STAT", "cmap", "name", "post"),
    *("DSIG", "HVAR", "MVAR", "gasp", "meta", "prep", "cvt ", "fpgm"),
)
_SYMBOLIC: Final = 4
"""Flag of a font descriptor: the font is used with its own encoding."""


def register_base_fonts() -> None:
    """Make the main font known to reportlab so that no page falls back to Helvetica."""
    from reportlab.pdfbase.pdfmetrics import (  # noqa: PLC0415
        getRegisteredFontNames,
        registerFont,
        registerFontFamily,
    )
    from reportlab.pdfbase.ttfonts import TTFont as ReportlabFont  # noqa: PLC0415

    if BASE_FONT in getRegisteredFontNames():
        return
    bold = f"{BASE_FONT}-Bold"
    registerFont(ReportlabFont(BASE_FONT, str(main_font().path)))
    registerFont(ReportlabFont(bold, str(main_font(bold=True).path)))
    registerFontFamily(BASE_FONT, BASE_FONT, bold, BASE_FONT, bold)


class GlyphFont:
    """One font file within one document; it notes which glyphs are drawn."""

    def __init__(self, file: FontFile, resource: str) -> None:
        self.resource = resource
        """Name in the pages' resources, as in `/G1 12 Tf`."""
        self._file = file
        self._used: set[int] = {0}
        self._font = _open(file.key)
        self._names = self._font.getGlyphOrder()
        self._metrics = self._font["hmtx"].metrics
        self._scale = 1000 / self._font["head"].unitsPerEm
        self._advances: dict[int, float] = {}

    def use(self, glyph: int) -> tuple[int, float]:
        """The glyph to write (0 for one the font lacks) and its advance in 1/1000 em."""
        shown = glyph if 0 <= glyph < len(self._names) else 0
        advance = self._advances.get(shown)
        if advance is None:
            self._used.add(shown)
            advance = self._metrics[self._names[shown]][0] * self._scale
            self._advances[shown] = advance
        return shown, advance

    def plain_glyph(self, character: str) -> int | None:
        """The glyph that a character has without shaping; None if the font lacks it."""
        name = _glyph_names(self._file.key).get(ord(character))
        return None if name is None else int(self._font.getGlyphID(name))

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab calls it
        """Write the font into the document; reportlab calls this once, at the end."""
        from reportlab.pdfbase import pdfdoc  # noqa: PLC0415

        name = pdfdoc.PDFName(f"{_tag(self._used)}+{self._file.key}")
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": name,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "CIDToGIDMap": "/Identity",
                "FontDescriptor": document.Reference(self._descriptor(document, name)),
                "DW": 0,
                "W": self._widths(),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name,
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
                "ToUnicode": document.Reference(_stream(document, self._to_unicode())),
            }
        )
        document.idToObject["BasicFonts"].dict[self.resource] = document.Reference(font)

    def _descriptor(self, document: Any, name: Any) -> Any:
        from reportlab.pdfbase import pdfdoc  # noqa: PLC0415

        head, hhea = self._font["head"], self._font["hhea"]
        box = (head.xMin, head.yMin, head.xMax, head.yMax)
        program = _stream(document, self._program())
        program.dictionary["Length1"] = len(program.content)
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray([round(value * self._scale) for value in box]),
                "ItalicAngle": 0,
                "Ascent": round(hhea.ascent * self._scale),
                "Descent": round(hhea.descent * self._scale),
                "CapHeight": round(self._font["OS/2"].sCapHeight * self._scale),
                "StemV": 140 if self._file.bold else 80,
                "FontFile2": document.Reference(program),
            }
        )

    def _widths(self) -> Any:
        from reportlab.pdfbase.pdfdoc import PDFArray  # noqa: PLC0415

        entries: list[Any] = []
        for glyph in sorted(self._used):
            entries += [glyph, PDFArray([round(self.use(glyph)[1], 3)])]
        return PDFArray(entries)

    def _program(self) -> bytes:
        """The font file with only the used glyphs, each under its old id."""
        from fontTools.subset import Options, Subsetter  # noqa: PLC0415

        options = Options(
            retain_gids=True,
            notdef_outline=True,
            hinting=False,
            layout_features=[],
            drop_tables=list(_DROPPED_TABLES),
            glyph_names=False,
            recalc_timestamp=False,
        )
        font = _load(self._file.key)
        for (
            tag
        ) in _DROPPED_TABLES:  # now, for cutting down layout tables takes longer than the rest
            if tag in font:
                del font[tag]
        subsetter = Subsetter(options)
        subsetter.populate(gids=sorted(self._used))
        subsetter.subset(font)
        stream = BytesIO()
        font.save(stream)
        return stream.getvalue()

    def _to_unicode(self) -> bytes:
        """A map from glyph ids to text for readers that ignore ActualText."""
        texts = _characters(self._file.key)
        rows = [
            f"<{glyph:04x}> <{_utf16(texts[glyph])}>" for glyph in sorted(self._used & {*texts})
        ]
        chunks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
        body = "\n".join(
            f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks
        )
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


class DocumentFonts:
    """The glyph fonts of one document, added to it when first used."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._fonts: dict[str, GlyphFont] = {}

    def get(self, key: str) -> GlyphFont | None:
        """The font of a key; None for fonts that are not ours (screen-only ones)."""
        font = self._fonts.get(key)
        if font is None and key in font_files():
            font = GlyphFont(font_files()[key], f"G{len(self._fonts) + 1}")
            self._fonts[key] = font
            self._document.fontMapping[f"glyphs:{key}"] = f"/{font.resource}"
            self._document.delayedFonts.append(font)
        return font


@lru_cache(maxsize=32)
def _open(key: str) -> TTFont:
    """The font for reading metrics; shared, so never changed."""
    return _load(key)


def _load(key: str) -> TTFont:
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    return TTFont(BytesIO(font_files()[key].path.read_bytes()), lazy=True, recalcTimestamp=False)


@lru_cache(maxsize=32)
def _glyph_names(key: str) -> dict[int, str]:
    names: dict[int, str] = _open(key).getBestCmap()
    return names


@lru_cache(maxsize=32)
def _characters(key: str) -> dict[int, str]:
    """The first character that each glyph stands for by itself."""
    font = _open(key)
    texts: dict[int, str] = {}
    for code, name in sorted(_glyph_names(key).items()):
        texts.setdefault(font.getGlyphID(name), chr(code))
    return texts


def _stream(document: Any, content: bytes) -> Any:
    from reportlab.pdfbase import pdfdoc  # noqa: PLC0415

    stream = pdfdoc.PDFStream()
    stream.content = content
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _tag(glyphs: set[int]) -> str:
    """Six capital letters that depend on the subset (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(repr(sorted(glyphs)).encode()).digest()
    return "".join(chr(ord("A") + value % 26) for value in digest[:6])


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex()
