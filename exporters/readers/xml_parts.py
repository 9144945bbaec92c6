"""XML parts of packages read as a stream, hardened: no entities, nothing from outside.

Expat alone reads a large sheet several times faster than trees of elements do; what makes XML
dangerous, entities, is refused where it is declared.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable

    Attributes = dict[str, str]

_SEPARATOR: Final = " "


class EntityFound(Exception):
    """A part declares an entity or asks for one from outside."""


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(_SEPARATOR)[2]


def read_part(
    part: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read a part; names come with their namespace before a space.

    Raises:
        EntityFound: it holds what no honest part does.
        ValueError: it is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.ParseFile(part)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def _refuse(*_of: object) -> int:
    raise EntityFound
