"""The last look before files are handed over: is any withheld name or id in their bytes?

Files are unpacked (packages, streams, hexadecimal text) and searched for what stands in withheld
records and nowhere in the copy. Nothing should ever be found; if it is, nothing leaves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

import msgspec

from model.codes import CODE_LISTS
from model.donoharm.items import shipped_items
from model.fields import FIELDS, TABLE_SPECS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from model.redaction import RedactedCopy
    from model.tables import Tables

_LEAST: Final = 10
"""Characters; shorter words would be found by chance, in our own labels and in other words."""
_HEX_TEXT: Final = re.compile(rb"/ActualText\s*<([0-9A-Fa-f]+)>")
_TELLING: Final = frozenset({"long_text", "texts"})


def secrets_of(tables: Tables, copy: RedactedCopy) -> frozenset[str]:
    """Texts of withheld records that do not also stand in the copy.

    Visible texts that mention a withheld name are the sender's to judge (`copy.mentions`); what
    they say is in the copy and therefore no secret here.
    """
    allowed = msgspec.json.encode(copy.content).decode() + _own_words()
    found: set[str] = set()
    for one in copy.withheld:
        record = tables.table(one.table).get(one.id)
        if record is None:
            continue
        for spec in FIELDS[one.table].values():
            value = getattr(record, spec.name)
            if spec.kind in _TELLING or spec.name in _names(one.table):
                found.update(value if isinstance(value, tuple) else (value,))
    found |= _aliased(tables, copy)
    encoded = ((text, msgspec.json.encode(text).decode()[1:-1]) for text in found)
    return frozenset(
        text for text, inner in encoded if len(text.strip()) >= _LEAST and inner not in allowed
    )


def _aliased(tables: Tables, copy: RedactedCopy) -> set[str]:
    """The names of those who are in the copy under an alias."""
    found: set[str] = set()
    for table, record_id in copy.aliases.values():
        record = tables.table(table)[record_id]
        found |= {str(getattr(record, field, "")) for field in _names(table) - {"office"}}
        found.update(getattr(record, "other_names", ()))
    return found


def _names(table: str) -> frozenset[str]:
    return frozenset({TABLE_SPECS[table].title_field, "short_name", "holder", "office"})


def _own_words() -> str:
    """Codes and labels that stand in files whatever the project holds."""
    words = [code for entry in CODE_LISTS.values() for code in entry.codes]
    words += [entry.label(code) for entry in CODE_LISTS.values() for code in entry.codes]
    words += [spec.title for specs in FIELDS.values() for spec in specs.values()]
    words += [spec.title for spec in TABLE_SPECS.values()]
    words += [text for item in shipped_items() for text in (item.label, item.question)]
    return msgspec.json.encode(words).decode()


def secrets_in(path: Path, secrets: Iterable[str], password: str = "") -> int:
    """How many of the secrets are in a file or folder, packed or not."""
    wanted = [(one, _spellings(one)) for one in secrets]
    if not wanted:
        return 0
    found: set[str] = set()
    for data in _unpacked(path, password):
        for secret, spellings in wanted:
            if secret not in found and any(spelling in data for spelling in spellings):
                found.add(secret)
    return len(found)


def _spellings(text: str) -> tuple[bytes, ...]:
    plain = text.encode("utf-8", "replace")
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    wide = text.encode("utf-16-be", "replace")
    json = msgspec.json.encode(text)[1:-1]
    return tuple({plain, escaped.encode("utf-8", "replace"), wide, json})


def _unpacked(path: Path, password: str) -> Iterator[bytes]:
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.is_file():
                yield from _unpacked(one, password)
        return
    data = path.read_bytes()
    yield data
    if data.startswith(b"PK"):
        with ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name)
    elif data.startswith(b"%PDF"):
        yield from _of_pdf(path, password)


def _of_pdf(path: Path, password: str) -> Iterator[bytes]:
    """Streams and strings of a PDF, and the logical text of what is drawn as glyphs."""
    import pikepdf  # noqa: PLC0415 - only exports need it

    with pikepdf.open(path, password=password) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Type") != "/XRef":
                data = item.read_bytes()
                if b"/ActualText" in data:
                    lines = (bytes.fromhex(one.decode())[2:] for one in _HEX_TEXT.findall(data))
                    text = b"".join(lines)
                    yield text
                yield data
            elif isinstance(item, pikepdf.Dictionary):
                for value in item.values():
                    if isinstance(value, pikepdf.String):
                        yield bytes(value)
