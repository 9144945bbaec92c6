"""Whole exports pass the inspection; each seeded leak is caught by it or by the last look."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import openpyxl
import pikepdf
import pytest

from desktop import export_job
from desktop.export_worker import Job, work
from exporters.inspection import findings_in, secrets_in, secrets_of
from exporters.inspection.counted import are_counted
from exporters.progress import Silent
from exporters.registry import OUTPUT_KINDS
from exporters.request import ExportRequest, Output
from model import records as r
from model.redaction import redact
from model.refusals import Trouble
from tests.packs import DAY, document, put, sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from model.redaction import RedactedCopy

SECRET = "Quetzal & <Sons> 7731"


@pytest.fixture(scope="module")
def made(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RedactedCopy, Any]:
    """One export of everything, of a project with a withheld actor."""
    folder = tmp_path_factory.mktemp("made")
    content = sample("mali")
    put(content, "actors", r.Actor(id="zz", tlp="RED", name=SECRET, short_name="Quetzal 7731"))
    tables = document(content)
    copy = redact(tables, "GREEN")
    outputs = tuple(Output(kind, str(folder / f"out.{kind}")) for kind in OUTPUT_KINDS)
    request = ExportRequest(audience="GREEN", as_of=DAY, outputs=outputs)
    work(copy.content, Job(request, tuple(one.path for one in outputs)), Silent())
    return folder, copy, tables


@pytest.mark.parametrize("kind", OUTPUT_KINDS)
def test_what_we_make_passes_and_holds_no_secret(
    made: tuple[Path, RedactedCopy, Any], kind: str
) -> None:
    folder, copy, tables = made
    path = folder / f"out.{kind}"
    assert findings_in(kind, path) == []
    secrets = secrets_of(tables, copy)
    assert SECRET in secrets
    assert secrets_in(path, secrets) == 0


def _zip_with(path: Path, change: Callable[[str, bytes], bytes], **added: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for entry, data in parts:
            archive.writestr(entry, change(entry.filename, data))
        for name, data in added.items():
            entry = zipfile.ZipInfo(name.replace("__", "/"), (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            archive.writestr(entry, data)


def _same(_name: str, data: bytes) -> bytes:
    return data


def _hidden_sheet(path: Path) -> None:
    _zip_with(path, lambda _n, d: d.replace(b'state="visible"', b'state="veryHidden"', 1))


def _hidden_column(path: Path) -> None:
    _zip_with(path, lambda _n, d: d.replace(b'<col width="30"', b'<col hidden="1" width="30"', 1))


def _author(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.properties.creator = "Somebody"
    book.save(path)


def _core_only(path: Path) -> None:
    _zip_with(
        path,
        lambda n, d: (
            d.replace(b"/>", b'><a xmlns="x">Somebody</a></cp:coreProperties>')
            if n == "docProps/core.xml"
            else d
        ),
    )


def _comments(path: Path) -> None:
    _zip_with(path, _same, xl__comments1=b"<comments/>")


def _formula(path: Path) -> None:
    _zip_with(path, lambda _n, d: d.replace(b"<is>", b"<f>1+1</f><is>", 1))


def _id_gap(path: Path) -> None:
    _zip_with(path, lambda _n, d: d.replace(b">A0002<", b">A0009<"))


def _tiny_column(path: Path) -> None:
    _zip_with(path, lambda _n, d: d.replace(b'<col width="30"', b'<col width="0.1"', 1))


def _defined_name(path: Path) -> None:
    name = b'<definedName name="Source">"Somebody"</definedName></definedNames>'
    _zip_with(path, lambda _n, d: d.replace(b"</definedNames>", name, 1))


def _custom_properties(path: Path) -> None:
    _zip_with(path, _same, docProps__custom=b"<Properties/>", docProps__thumbnail=b"x")


def _part_with_time(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            zipfile.ZipInfo("xl/worksheets/sheet99.xml", (2024, 5, 1, 9, 30, 0)), "<a/>"
        )


def _zip_comment(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"Somebody"


def _entry_comment(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        entry = zipfile.ZipInfo("xl/worksheets/sheet99.xml", (1980, 1, 1, 0, 0, 0))
        entry.comment = b"Somebody"
        archive.writestr(entry, "<worksheet/>")


def _pdf_xmp(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        with pdf.open_metadata() as meta:
            meta["dc:creator"] = ["Somebody"]
        pdf.save(path)


def _pdf_note(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="x"
        )
        pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([note]))
        pdf.save(path)


def _pdf_outline_elsewhere(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.Outlines.First.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="file:///home/x")
        pdf.save(path)


def _pdf_layer(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Withheld"))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group])
        pdf.save(path)


def _pdf_link_with_name(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        link = next(
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Link"
        )
        link.T = "Somebody"
        pdf.save(path)


def _behind_pixels(path: Path) -> None:
    data = path.read_bytes()
    at = data.index(b"IDAT") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    body = data[at + 8 : at + 8 + length] + b"Somebody"
    chunk = len(body).to_bytes(4, "big") + b"IDAT" + body
    chunk += zlib.crc32(b"IDAT" + body).to_bytes(4, "big")
    path.write_bytes(data[:at] + chunk + data[at + 12 + length :])


def _pdf_info(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Author"] = "Somebody"
        pdf.save(path)


def _pdf_script(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")
        pdf.save(path)


def _pdf_attachment(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments["source.json"] = b"{}"
        pdf.save(path)


def _pdf_link(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org")
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action
        )
        pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array([annotation]))
        pdf.save(path)


def _pdf_appended(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\nstartxref\n0\n%%EOF\n")


def _png_text(path: Path) -> None:
    data = path.read_bytes()
    body = b"Author\x00Somebody"
    chunk = len(body).to_bytes(4, "big") + b"tEXt" + body
    chunk += zlib.crc32(b"tEXt" + body).to_bytes(4, "big")
    path.write_bytes(data[:-12] + chunk + data[-12:])


def _behind_png(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def _replaced(old: str, new: str) -> Callable[[Path], None]:
    def leak(path: Path) -> None:
        text = path.read_bytes()
        assert old.encode() in text
        path.write_bytes(text.replace(old.encode(), new.encode(), 1))

    return leak


LEAKS: list[tuple[str, str, Callable[[Path], None]]] = [
    ("xlsx", "hidden sheet", _hidden_sheet),
    ("xlsx", "hidden column", _hidden_column),
    ("xlsx", "author by another writer", _author),
    ("xlsx", "author", _core_only),
    ("xlsx", "comments", _comments),
    ("xlsx", "formula", _formula),
    ("xlsx", "gap in ids", _id_gap),
    ("xlsx", "column of no width", _tiny_column),
    ("xlsx", "defined name", _defined_name),
    ("xlsx", "custom properties", _custom_properties),
    ("xlsx", "time of writing", _part_with_time),
    ("xlsx", "comment of the package", _zip_comment),
    ("xlsx", "comment of a part", _entry_comment),
    ("pdf", "metadata", _pdf_xmp),
    ("pdf", "note", _pdf_note),
    ("pdf", "outline that leads out", _pdf_outline_elsewhere),
    ("pdf", "layer", _pdf_layer),
    ("pdf", "name of a link", _pdf_link_with_name),
    ("png", "behind the pixels", _behind_pixels),
    ("pdf", "author", _pdf_info),
    ("pdf", "script", _pdf_script),
    ("pdf", "attachment", _pdf_attachment),
    ("pdf", "link to the outside", _pdf_link),
    ("pdf", "added to later", _pdf_appended),
    ("png", "text chunk", _png_text),
    ("png", "behind the end", _behind_png),
    ("svg", "metadata", _replaced("<defs>", "<metadata>x</metadata><defs>")),
    ("svg", "script", _replaced("<defs>", "<script/><defs>")),
    ("svg", "comment", _replaced("<defs>", "<!-- x --><defs>")),
    ("svg", "record ids", _replaced("<g", '<g data-id="A1"')),
    ("svg", "name of a part", _replaced("<g", '<g inkscape-label="x"')),
    ("svg", "id of a record", _replaced("<g", '<g id="A0001-council"')),
    ("graphml", "attribute", _replaced('<node id="A0001"', '<node id="A0001" author="x"')),
    ("graphml", "comment", _replaced("<graph ", "<!-- x --><graph ")),
    ("gexf", "creator", _replaced("<meta>", "<meta><creator>x</creator>")),
    ("document-json", "history", _replaced('"tables":', '"undo":[],"tables":')),
    ("document-json", "another field", _replaced('{"id":"A0001",', '{"id":"A0001","seen_by":"x",')),
    ("graphml", "order of ids", _replaced('node id="A0001"', 'node id="A0099"')),
    ("gexf", "date of writing", _replaced("<meta>", '<meta lastmodifieddate="2024-05-01">')),
    ("ics", "time of writing", _replaced("DTSTAMP:20000101", "DTSTAMP:20240501")),
    ("ics", "organizer", _replaced("BEGIN:VEVENT\r\n", "BEGIN:VEVENT\r\nORGANIZER:x\r\n")),
    ("document-json", "project id", _replaced('"project":"export"', '"project":"1f9a"')),
]


@pytest.mark.parametrize(("kind", "name", "leak"), LEAKS, ids=[f"{k}: {n}" for k, n, _ in LEAKS])
def test_seeded_leaks_are_caught(
    made: tuple[Path, RedactedCopy, Any],
    tmp_path: Path,
    kind: str,
    name: str,
    leak: Callable[[Path], None],
) -> None:
    del name
    path = tmp_path / f"out.{kind}"
    shutil.copy(made[0] / path.name, path)
    leak(path)
    assert findings_in(kind, path)


def test_a_file_too_many_in_a_folder_of_tables_is_caught(
    made: tuple[Path, RedactedCopy, Any], tmp_path: Path
) -> None:
    shutil.copytree(made[0] / "out.csv", tmp_path / "csv")
    (tmp_path / "csv" / "source.json").write_text("{}")
    assert findings_in("csv", tmp_path / "csv")


@pytest.mark.parametrize("kind", ["svg", "graphml", "document-json"])
def test_the_last_look_finds_names_in_text(
    made: tuple[Path, RedactedCopy, Any], tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "x"
    path.write_bytes((made[0] / f"out.{kind}").read_bytes() + b"Quetzal &amp; &lt;Sons&gt; 7731")
    assert secrets_in(path, [SECRET]) == 1


def test_the_last_look_finds_names_in_packed_sheets_and_in_alt_texts(
    made: tuple[Path, RedactedCopy, Any], tmp_path: Path
) -> None:
    book, brief = tmp_path / "x.xlsx", tmp_path / "x.pdf"
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/any.xml", "<t>Quetzal &amp; &lt;Sons&gt; 7731</t>")
    with pikepdf.open(made[0] / "out.pdf") as pdf:
        element = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, Alt=SECRET + " \u2192")
        pdf.Root.StructTreeRoot = pdf.make_indirect(element)
        pdf.save(brief)
    assert secrets_in(book, [SECRET]) == 1
    assert secrets_in(brief, [SECRET]) == 1


def test_nothing_leaves_when_the_last_look_finds_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = document(sample("mali")).snapshot()
    name = next(iter(tables.actors.values())).name
    monkeypatch.setattr(export_job, "secrets_of", lambda *_: frozenset({name}))
    outputs = (Output("graphml", str(tmp_path / "out.graphml")),)
    request = ExportRequest(audience="RED", as_of=DAY, outputs=outputs)
    with pytest.raises(Trouble, match="withheld"):
        export_job.run_export(tables, request, Silent())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("ids", "good"),
    [
        (["A0001", "A0002"], True),
        ([], True),
        (["x-A0001"], True),
        (["A0002", "A0001"], False),
        (["A0001", "A0003"], False),
        (["A0001", "B0002"], False),
        (["seed-1"], False),
    ],
)
def test_counted_ids(ids: list[str], good: bool) -> None:
    assert are_counted(ids) is good
