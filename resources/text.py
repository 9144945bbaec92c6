"""Texts shown to the user: translation, plural forms and the placing of values.

Texts are English in the source and are translated by gettext catalogues in
``resources/languages/LANGUAGE/LC_MESSAGES/crosstrack.mo``.

The chosen catalogue is the one thing here that can change. It sits in a holder of this module
rather than being handed to every function, because every label of every widget would have to
carry it; the composition root sets it once, before the first window and in each worker process,
through `use_language`, and nothing else writes to it.
"""

from __future__ import annotations

import gettext
import re
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Final

from resources import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = [
    "arrow",
    "in_pack_languages",
    "isolated",
    "joined",
    "languages",
    "noted",
    "pack_languages",
    "plural",
    "right_to_left",
    "tr",
    "use_language",
    "use_pack_language",
    "without_marks",
]

SOURCE_LANGUAGE: Final = "en"
_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ps", "ur"})
_FIRST_STRONG_ISOLATE, _POP_ISOLATE, _RIGHT_TO_LEFT_MARK = "\u2068", "\u2069", "\u200f"
_DIRECTION_MARKS: Final = re.compile("[\u200e\u200f\u2066-\u2069]")
_STAYS_IN_ORDER: Final = re.compile("(?=.*[\u0590-\u08ff])[\\s\u0590-\u08ff()«»]*|\\s*", re.DOTALL)
"""Letters of Hebrew and Arabic, with their own commas: nothing in it can reorder a sentence."""
_LETTER: Final = re.compile(r"[^\W\d_]")
_MARKED: Final = re.compile(r"\{[^}]*\}")
_COMMAS: Final = {", ": "\u060c ", "; ": "\u061b "}
_ARROWS: Final = {"→": "←", "←": "→"}
_DOMAIN: Final = "crosstrack"
_FORMATTER: Final = Formatter()


class _Chosen:
    """Holds the catalogue in use."""

    __slots__ = ("catalogue", "from_right")

    def __init__(self) -> None:
        self.catalogue: gettext.NullTranslations = gettext.NullTranslations()
        self.from_right = False


_CHOSEN: Final = _Chosen()


def tr(text: str, /, **values: object) -> str:
    """Return the text in the user's language, with values put in for ``{name}`` marks.

    Values are put in after translation and are never read as templates themselves, so a name
    such as ``{0.__class__}`` is shown as it is. Without values the text is left untouched.
    """
    return _fill(_CHOSEN.catalogue.gettext(text), text, values)


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form of the text that fits the count, which is put in for ``{count}``."""
    source = one if count == 1 else many
    return _fill(_CHOSEN.catalogue.ngettext(one, many, count), source, {"count": count, **values})


def right_to_left(code: str) -> bool:
    """Whether a language is read from right to left."""
    return code.replace("-", "_").partition("_")[0] in _RIGHT_TO_LEFT


def isolated(text: str) -> str:
    """The text such that it cannot reorder what stands around it.

    In a sentence from right to left a Latin name would pull brackets and figures beside it to its
    own side, and a date such as 2013-05-17 would be turned round: such texts are set apart by
    Unicode's isolates (UAX 9). In languages from left to right the text stays as it is.
    """
    if not _CHOSEN.from_right or _STAYS_IN_ORDER.fullmatch(text):
        return text
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


def joined(parts: Iterable[str], separator: str = ", ") -> str:
    """The parts that say something as a list in the direction and with the commas of the language.

    For people only; lists in cells that are read back keep their plain semicolons.
    """
    said = [part for part in parts if part]
    if not _CHOSEN.from_right or len(said) < 2:
        return separator.join(said)
    between = _COMMAS.get(separator, separator)
    return _RIGHT_TO_LEFT_MARK + between.join(map(isolated, said))


def noted(text: str, note: object) -> str:
    """A text with a note in brackets behind it, in the direction of the language."""
    if not _CHOSEN.from_right:
        return f"{text} ({note})"
    return f"{_RIGHT_TO_LEFT_MARK}{isolated(text)} ({isolated(str(note))})"


def arrow(sign: str) -> str:
    """An arrow along the direction in which one reads: "→" leads to what comes next."""
    return _ARROWS.get(sign, sign) if _CHOSEN.from_right else sign


def without_marks(text: str) -> str:
    """The text without marks of direction, for readers that search it letter by letter."""
    return _DIRECTION_MARKS.sub("", text)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue, with English first."""
    try:
        folder = locate("languages")
    except FileNotFoundError:
        return (SOURCE_LANGUAGE,)
    found = {path.parent.parent.name for path in folder.glob(f"*/LC_MESSAGES/{_DOMAIN}.mo")}
    return (SOURCE_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE}))


def use_language(wanted: Iterable[str]) -> str:
    """Take the first wanted language that has a catalogue, and return its code.

    Args:
        wanted: language tags, best first, such as ``("fr-FR", "en")``. A tag with a region also
            matches the plain language. If none fits, the texts stay English.
    """
    known = set(languages())
    for tag in wanted:
        whole = tag.replace("-", "_")
        for code in (whole, whole.partition("_")[0]):
            if code in known:
                return _use(_catalogue(code), code)
    return _use(_catalogue(SOURCE_LANGUAGE), SOURCE_LANGUAGE)


def pack_languages() -> tuple[str, ...]:
    """The codes of the languages in which packs are made, with English first.

    Packs have catalogues of their own (``languages/CODE/pack.po``): all that a pack says is
    translated there, while the window may not be translated at all.
    """
    try:
        folder = locate("languages")
    except FileNotFoundError:
        return (SOURCE_LANGUAGE,)
    found = {path.parent.name for path in folder.glob("*/pack.po")}
    return (SOURCE_LANGUAGE, *sorted(found - {SOURCE_LANGUAGE}))


def use_pack_language(code: str) -> str:
    """Take the catalogue of a language for packs, English if there is none; returns its code."""
    if code not in pack_languages() or code == SOURCE_LANGUAGE:
        return _use(gettext.NullTranslations(), SOURCE_LANGUAGE)
    return _use(_pack_catalogue(code), code)


def in_pack_languages(text: str) -> tuple[str, ...]:
    """A text as packs of every language have it, as it is in the source first."""
    others = [code for code in pack_languages() if code != SOURCE_LANGUAGE]
    return (text, *(_pack_catalogue(code).gettext(text) for code in others))


def _use(catalogue: gettext.NullTranslations, code: str) -> str:
    _CHOSEN.catalogue = catalogue
    _CHOSEN.from_right = right_to_left(code)
    return code


@cache
def _pack_catalogue(code: str) -> _PackCatalogue:
    return _PackCatalogue(locate("languages", code, "pack.po"), code)


class _PackCatalogue(gettext.NullTranslations):
    """A catalogue read from the text that translators edit; nothing has to be compiled."""

    def __init__(self, path: Path, code: str) -> None:
        from babel.messages.pofile import read_po  # noqa: PLC0415 - only packs need it

        super().__init__()
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code)
        self._form = gettext.c2py(catalogue.plural_expr)
        self._texts: dict[str, tuple[str, ...]] = {}
        for message in catalogue:
            key = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string or ""
            forms = (said,) if isinstance(said, str) else tuple(said)
            if key and all(forms) and not message.fuzzy:
                self._texts[key] = forms

    def gettext(self, message: str) -> str:
        """The translation, or the text itself."""
        return self._texts.get(message, (message,))[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form of the translation that fits the number."""
        forms = self._texts.get(msgid1)
        if forms is None:
            return msgid1 if n == 1 else msgid2
        return forms[min(self._form(n), len(forms) - 1)]


def _catalogue(code: str) -> gettext.NullTranslations:
    if code == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    return gettext.translation(_DOMAIN, locate("languages"), languages=[code])


def _fill(template: str, source: str, values: Mapping[str, object]) -> str:
    """Put the values in; a translation with a broken mark falls back to the source text."""
    if not values:
        return template
    try:
        return _led("".join(_pieces(template, values)), template)
    except (KeyError, ValueError):
        if template == source:
            raise
        return "".join(_pieces(source, values))


def _led(text: str, template: str) -> str:
    """A text of nothing but values and signs still reads from right to left where we do."""
    if not _CHOSEN.from_right or _LETTER.search(_MARKED.sub("", template)):
        return text
    return _RIGHT_TO_LEFT_MARK + text


def _pieces(template: str, values: Mapping[str, object]) -> Iterable[str]:
    """Yield the parts of a filled template; only plain names may stand in braces.

    Neither attributes nor items of values can be reached, and the format after a colon is taken
    literally, so that neither a translation nor a value can read more than the caller gave.
    """
    for literal, name, layout, conversion in _FORMATTER.parse(template):
        yield literal
        if name is None:
            continue
        if not name.isidentifier() or conversion:
            raise ValueError(f"{{{name}}} in {template!r} is not a plain name")
        value = format(values[name], layout or "")
        yield isolated(value) if isinstance(values[name], str) else value
