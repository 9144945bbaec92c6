"""Pages to a PDF file: drawn, linked, outlined, then stripped of everything that tells of us."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from exporters.pdf.canvas import PdfPainter, new_canvas
from exporters.pdf.structure import ARTIFACT, Element, add_structure, opening, role_of, text_of
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

    from exporters.pdf.pages import Link, Page, Picture
    from exporters.progress import Progress
    from model.drawing.primitives import Primitive


def pdf_bytes(pages: list[Page], language: str, progress: Progress, password: str = "") -> bytes:
    """The PDF of finished pages, the same bytes for the same pages.

    Args:
        pages: in order, running parts included.
        language: code of the text's language, for screen readers.
        progress: told after every page.
        password: encrypts the file (AES-256, revision 6) if there is one; such files differ
            from run to run, because their keys are drawn at random.
    """
    memory = BytesIO()
    canvas = new_canvas(memory, (pages[0].width, pages[0].height))
    painter = PdfPainter(canvas)
    names = {id(page): f"p{number}" for number, page in enumerate(pages, start=1)}
    structure = []
    for number, page in enumerate(pages):
        progress.report(number / len(pages), tr("Drawing pages"))
        canvas.setPageSize((page.width, page.height))
        canvas.bookmarkPage(names[id(page)])
        for title, level in page.outline:
            canvas.addOutlineEntry(title, names[id(page)], level=level, closed=True)
        structure.append(_draw(painter, canvas, page))
        for link in page.links:
            area = (link.left, page.height - link.bottom, link.right, page.height - link.top)
            canvas.linkRect("", names[id(link.target)], area, relative=0, thickness=0)
        canvas.showPage()
    canvas.showOutline()
    canvas.save()
    links = [page.links for page in pages]
    return _finished(memory.getvalue(), language, (structure, links), password)


def _draw(painter: PdfPainter, canvas: Canvas, page: Page) -> list[Element]:
    """Draw a page as marked content; returns its elements in the order of their numbers."""
    elements: list[Element] = []

    def begin(element: Element) -> None:
        canvas.addLiteral(opening(element.role, len(elements)))
        if element.role != ARTIFACT:
            elements.append(element)

    def put(items: list[Primitive], element: Element) -> None:
        begin(element)
        painter.primitives(items, 0, page.height)
        canvas.addLiteral("EMC")

    waiting = sorted(page.pictures, key=lambda one: one.after)
    roles = [(role_of(page, place, item), place) for place, item in enumerate(page.items)]
    for role, run in groupby(roles, key=lambda one: one[0]):
        places = [place for _role, place in run]
        while waiting and waiting[0].after <= places[0]:
            _picture(painter, begin, page, waiting.pop(0))
            canvas.addLiteral("EMC")
        if role == ARTIFACT:
            put([page.items[place] for place in places], Element(ARTIFACT))
            continue
        for place in places:
            item = page.items[place]
            put([item], Element(role, text=text_of(item), path=page.paths.get(place, ())))
    for picture in waiting:
        _picture(painter, begin, page, picture)
        canvas.addLiteral("EMC")
    return elements


def _picture(
    painter: PdfPainter, begin: Callable[[Element], None], page: Page, picture: Picture
) -> None:
    drawing, scale = picture.drawing, picture.scale
    left, top = picture.x, page.height - picture.y
    box = (left, top - drawing.height * scale, left + drawing.width * scale, top)
    begin(Element("Figure", drawing.alt or drawing.title, box=box))
    painter.draw(picture.drawing, picture.x, page.height - picture.y, picture.scale)


def _finished(
    data: bytes,
    language: str,
    structure: tuple[list[list[Element]], list[list[Link]]],
    password: str,
) -> bytes:
    """The file without document information and metadata, with structure for screen readers."""
    import pikepdf  # noqa: PLC0415 - only exports need it

    with pikepdf.open(BytesIO(data)) as pdf:
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        if "/Metadata" in pdf.Root:
            del pdf.Root["/Metadata"]
        pdf.Root["/Lang"] = pikepdf.String(language)
        add_structure(pdf, *structure)
        lock = pikepdf.Encryption(user=password, owner=password, R=6) if password else False
        out = BytesIO()
        pdf.save(
            out,
            deterministic_id=not password,
            encryption=lock,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()
