"""Structure for screen readers: what on a page is a heading, a paragraph, a picture or decoration.

Marked content gets numbers while pages are drawn; the tree that explains them (ISO 32000-1, 14.7)
is added to the finished file. Pictures carry their description as alternative text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from model.drawing.primitives import Group, Label

if TYPE_CHECKING:
    from exporters.pdf.pages import Page
    from model.drawing.primitives import Primitive

ARTIFACT: Final = "Artifact"
_HEADINGS: Final = ("H1", "H2", "H3")


class Element(msgspec.Struct, frozen=True):
    """A piece of a page: its role and its text; for pictures, what they show in words.

    The text stands here too, since readers put lines of several scripts together differently.
    """

    role: str
    alt: str = ""
    text: str = ""


def role_of(page: Page, place: int, item: Primitive) -> str:
    """The role of an item of a page; running heads and lines are decoration."""
    if place >= page.running or not text_of(item):
        return ARTIFACT
    text = text_of(item)
    for title, level in page.outline:
        if text == title.strip():
            return _HEADINGS[min(level, len(_HEADINGS) - 1)]
    return "P"


def text_of(item: Primitive) -> str:
    """The words of an item in their logical order."""
    if isinstance(item, Group):
        return " ".join(filter(None, map(text_of, item.children)))
    if not isinstance(item, Label):
        return ""
    return " ".join(line.text.strip() for line in item.block.lines).strip()


def opening(role: str, number: int) -> str:
    """The operator that begins a piece of marked content."""
    return f"/{ARTIFACT} BMC" if role == ARTIFACT else f"/{role} << /MCID {number} >> BDC"


def add_structure(pdf: Any, pages: list[list[Element]]) -> None:
    """Add the tree to a file whose pages have marked content, in the order of its numbers."""
    from pikepdf import Array, Dictionary, Name  # noqa: PLC0415 - only exports need it

    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
    children, parents = Array(), Array()
    for number, (page, elements) in enumerate(zip(pdf.pages, pages, strict=True)):
        made = Array()
        for mcid, element in enumerate(elements):
            item = Dictionary(
                Type=Name.StructElem, S=Name(f"/{element.role}"), P=document, Pg=page.obj, K=mcid
            )
            if element.alt:
                item.Alt = element.alt
            if element.text:
                item.ActualText = element.text
            reference = pdf.make_indirect(item)
            made.append(reference)
            children.append(reference)
        page.obj.StructParents = number
        page.obj.Tabs = Name.S
        parents.append(number)
        parents.append(pdf.make_indirect(made))
    document.K = children
    root.K = document
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=parents))
    root.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
