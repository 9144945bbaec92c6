"""Structure for screen readers: what on a page is a heading, a paragraph, a picture or decoration.

Marked content gets numbers while pages are drawn; the tree that explains them (ISO 32000-1, 14.7)
is added to the finished file. Pictures carry their description as alternative text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from model.drawing.primitives import Group, Label
from resources.text import without_marks

if TYPE_CHECKING:
    from exporters.pdf.pages import Link, Page, Path
    from model.drawing.primitives import Primitive

ARTIFACT: Final = "Artifact"
_HEADINGS: Final = ("H1", "H2", "H3")


class Element(msgspec.Struct, frozen=True):
    """A piece of a page: role, text and what it stands in; for pictures, what they show, and where.

    The text stands here too, since readers put lines of several scripts together differently.
    """

    role: str
    alt: str = ""
    text: str = ""
    path: tuple[tuple[str, int], ...] = ()
    box: tuple[float, ...] = ()


def role_of(page: Page, place: int, item: Primitive) -> str:
    """The role of an item of a page; running heads, repeated heads and lines are decoration."""
    if place >= page.running or place in page.decoration or not text_of(item):
        return ARTIFACT
    if place in page.paths:
        return "Span" if page.paths[place][-1][0] == "P" else "P"
    text = text_of(item)
    for title, level in (*page.outline, *page.headings):
        if text == without_marks(title).strip():
            return _HEADINGS[min(level, len(_HEADINGS) - 1)]
    return "P"


def text_of(item: Primitive) -> str:
    """The words of an item in their logical order."""
    if isinstance(item, Group):
        return " ".join(filter(None, map(text_of, item.children)))
    if not isinstance(item, Label):
        return ""
    return without_marks(" ".join(line.text.strip() for line in item.block.lines)).strip()


def opening(role: str, number: int) -> str:
    """The operator that begins a piece of marked content."""
    return f"/{ARTIFACT} BMC" if role == ARTIFACT else f"/{role} << /MCID {number} >> BDC"


def add_structure(pdf: Any, pages: list[list[Element]], links: list[list[Link]]) -> None:
    """Add the tree to a file whose pages have marked content, in the order of its numbers.

    Args:
        pdf: the file.
        pages: by page its pieces.
        links: by page its links, in the order of the annotations that are there for them.
    """
    from pikepdf import Array, Dictionary, Name  # noqa: PLC0415 - only exports need it

    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=[]))
    tree = _Tree(pdf, document)
    parents = Array()
    for number, (page, elements) in enumerate(zip(pdf.pages, pages, strict=True)):
        made = Array()
        for mcid, element in enumerate(elements):
            parent = tree.inside(element.path)
            item = Dictionary(
                Type=Name.StructElem, S=Name(f"/{element.role}"), P=parent, Pg=page.obj, K=mcid
            )
            if element.alt:
                item.Alt = element.alt
            if element.text:
                item.ActualText = element.text
            if element.box:
                box = Array([round(side, 2) for side in element.box])
                item.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box)
            reference = pdf.make_indirect(item)
            made.append(reference)
            parent.K.append(reference)
        page.obj.StructParents = number
        page.obj.Tabs = Name.S
        parents.append(number)
        parents.append(pdf.make_indirect(made))
    count = _add_links(pdf, links, tree, parents)
    root.K = document
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=parents))
    root.ParentTreeNextKey = count
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _add_links(pdf: Any, links: list[list[Link]], tree: _Tree, parents: Any) -> int:
    """Say of every link what it leads to and in which part it stands; returns the next key."""
    from pikepdf import Dictionary, Name  # noqa: PLC0415 - only exports need it

    key = len(links)
    for page, listed in zip(pdf.pages, links, strict=True):
        for annotation, link in zip(page.obj.get("/Annots", ()), listed, strict=True):
            parent = tree.inside(link.path)
            goal = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page.obj)
            item = Dictionary(Type=Name.StructElem, S=Name.Link, P=parent, Pg=page.obj, K=goal)
            reference = pdf.make_indirect(item)
            parent.K.append(reference)
            annotation.Contents = link.title
            annotation.StructParent = key
            parents.append(key)
            parents.append(reference)
            key += 1
    return key


class _Tree:
    """The parts that pieces stand in, each made when first needed and kept across pages."""

    def __init__(self, pdf: Any, document: Any) -> None:
        self._pdf = pdf
        self._document = document
        self._made: dict[Path, Any] = {}

    def inside(self, path: Path) -> Any:
        """The innermost part of a path."""
        if not path:
            return self._document
        if path not in self._made:
            self._made[path] = self._new(path)
        return self._made[path]

    def _new(self, path: Path) -> Any:
        from pikepdf import Dictionary, Name  # noqa: PLC0415 - only exports need it

        parent = self.inside(path[:-1])
        role = path[-1][0]
        part = Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), P=parent, K=[])
        if role == "TH":
            part.A = Dictionary(O=Name.Table, Scope=Name.Column)
        reference = self._pdf.make_indirect(part)
        parent.K.append(reference)
        return reference
