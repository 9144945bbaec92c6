"""Pages to a PDF file: drawn, linked, outlined, then stripped of everything that tells of us."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from exporters.pdf.canvas import PdfPainter, new_canvas
from resources.text import tr

if TYPE_CHECKING:
    from exporters.pdf.pages import Page
    from exporters.progress import Progress


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
    for number, page in enumerate(pages):
        progress.report(number / len(pages), tr("Drawing pages"))
        canvas.setPageSize((page.width, page.height))
        canvas.bookmarkPage(names[id(page)])
        for title, level in page.outline:
            canvas.addOutlineEntry(title, names[id(page)], level=level, closed=True)
        for picture in page.pictures:
            painter.draw(picture.drawing, picture.x, page.height - picture.y, picture.scale)
        painter.primitives(page.items, 0, page.height)
        for link in page.links:
            area = (link.left, page.height - link.bottom, link.right, page.height - link.top)
            canvas.linkRect("", names[id(link.target)], area, relative=0, thickness=0)
        canvas.showPage()
    canvas.showOutline()
    canvas.save()
    return _stripped(memory.getvalue(), language, password)


def _stripped(data: bytes, language: str, password: str) -> bytes:
    """The file without document information and metadata, with a language for screen readers."""
    import pikepdf  # noqa: PLC0415 - only exports need it

    with pikepdf.open(BytesIO(data)) as pdf:
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        if "/Metadata" in pdf.Root:
            del pdf.Root["/Metadata"]
        pdf.Root["/Lang"] = pikepdf.String(language)
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
