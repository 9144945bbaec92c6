"""Inspection of PDFs with a parser of its own: objects, keys and links that may be there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_AES_256: Final = 6
"""Revision of the encryption (ISO 32000-2)."""
_TRAILER: Final = frozenset(
    [
        "/Length",
        "/Root",
        "/ID",
        "/Filter",
        "/W",
        "/Type",
        "/DecodeParms",
        "/Size",
        "/Index",
        "/Encrypt",
        "/Prev",
    ]
)
_ROOT: Final = frozenset(
    [
        "/PageMode",
        "/Lang",
        "/Outlines",
        "/Pages",
        "/Type",
        "/MarkInfo",
        "/StructTreeRoot",
        "/ViewerPreferences",
        "/Extensions",
    ]
)
_TYPES: Final = frozenset(
    [
        "/Annot",
        "/XRef",
        "/Outlines",
        "/Page",
        "/ObjStm",
        "/Font",
        "/FontDescriptor",
        "/Pages",
        "/Catalog",
        "/ExtGState",
        "/StructTreeRoot",
        "/StructElem",
        "/MCR",
        "/OBJR",
    ]
)
_LINK: Final = frozenset(
    ["/Type", "/Subtype", "/Rect", "/Border", "/Dest", "/Contents", "/StructParent", "/P", "/F"]
)
_FORBIDDEN_KEYS: Final = frozenset(
    [
        "/JS",
        "/JavaScript",
        "/AA",
        "/OpenAction",
        "/EmbeddedFiles",
        "/EF",
        "/URI",
        "/Launch",
        "/Metadata",
        "/PieceInfo",
        "/LastModified",
        "/AcroForm",
        "/Names",
        "/Author",
        "/Creator",
        "/Producer",
        "/CreationDate",
        "/ModDate",
        "/OCProperties",
        "/OC",
        "/AF",
        "/A",
    ]
)


def inspect_pdf(path: Path, password: str = "") -> Iterator[str]:
    """What a PDF holds that it should not."""
    import pikepdf  # noqa: PLC0415 - only exports need it

    data = path.read_bytes()
    if data.count(b"%%EOF") != 1 or data.count(b"startxref") != 1:
        yield "the file has been added to after it was written"
    try:
        with pikepdf.open(path, password=password) as pdf:
            yield from _objects(pdf)
            if pdf.is_encrypted != bool(password) or (password and pdf.encryption.R < _AES_256):
                yield "the file is not encrypted as was asked for"
    except pikepdf.PdfError:
        yield "the file cannot be read"


def _objects(pdf: Any) -> Iterator[str]:
    for key in sorted(set(pdf.trailer.keys()) - _TRAILER):
        yield f"the trailer holds {key}"
    for key in sorted(set(pdf.Root.keys()) - _ROOT):
        yield f"the catalogue holds {key}"
    for item in (inner for one in pdf.objects for inner in _dictionaries(one)):
        kind = str(item.get("/Type", ""))
        if kind and kind not in _TYPES:
            yield f"there is an object of the kind {kind}"
        for key in sorted(set(item.keys()) & _FORBIDDEN_KEYS):
            if not (key == "/A" and kind == "/StructElem"):
                yield f"an object holds {key}"
        if kind == "/Annot" and set(item.keys()) - _LINK:
            yield "a link holds more than where it leads"
        if kind == "/Annot" and (item.get("/Subtype") != "/Link" or "/Dest" not in item):
            yield "there is an annotation that is no link within the file"


def _dictionaries(item: Any) -> Iterator[Any]:
    """An object if it is a dictionary or a stream, and all dictionaries that stand within it."""
    import pikepdf  # noqa: PLC0415

    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        children = list(item.values())
    elif isinstance(item, pikepdf.Array):
        children = list(item)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _dictionaries(child)
