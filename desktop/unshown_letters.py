"""What the sender is told about letters that cannot be shown in print, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from model.drawing.optional_fonts import font_folder, unusable_fonts
from model.fields import FIELDS
from model.naming import name_of
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.unshown import Unshown
    from model.redaction import RedactedCopy
    from model.tables import Tables

_TOLD: Final = 5
"""Texts that are named one by one; `--json` names all."""
_FONTS: Final = {"Chinese": "SC", "Japanese": "JP", "Korean": "KR"}


def by_own_ids(found: Sequence[Unshown], copy: RedactedCopy) -> tuple[Unshown, ...]:
    """Texts of a copy under the ids that their records have in the project."""
    return tuple(
        msgspec.structs.replace(one, id=copy.ids[one.id][1]) if one.id in copy.ids else one
        for one in found
    )


def unshown_facts(found: Sequence[Unshown]) -> dict[str, object]:
    """The same for programs: every text, the fonts that are wanted and where they go."""
    texts = [
        {
            "table": one.table,
            "id": one.id,
            "field": one.field,
            "scripts": [script or "signs" for script in one.scripts],
            "letters": one.letters,
        }
        for one in found
    ]
    return {
        "texts": texts,
        "fonts": wanted_fonts(found),
        "folder": str(font_folder()),
        "unusable": unusable_fonts(),
    }


def wanted_fonts(found: Sequence[Unshown]) -> list[str]:
    """Files that would have the letters, by their usual names; signs have no font of their own."""
    return [f"NotoSans{_FONTS.get(script, script)}-Regular.ttf" for script in _scripts(found)]


def unshown_words(found: Sequence[Unshown], tables: Tables | None = None) -> str:
    """What is missing in which texts, and what to do; "" where nothing is.

    Args:
        found: the texts.
        tables: to name records of; ids stand for them without.
    """
    if not found:
        return ""
    scripts = _scripts(found)
    if any("" in one.scripts for one in found):
        scripts.append(tr("signs"))
    texts = "; ".join(_named(one, tables) for one in found[:_TOLD])
    said = plural(
        "{count} text cannot be shown in print, as no font at hand has its letters ({scripts}); "
        "replacement marks stand for them: {texts}.",
        "{count} texts cannot be shown in print, as no font at hand has their letters ({scripts}); "
        "replacement marks stand for them: {texts}.",
        len(found),
        scripts=", ".join(scripts),
        texts=texts + ("; …" if len(found) > _TOLD else ""),
    )
    fonts = wanted_fonts(found)
    if not fonts:
        return f"{said} " + tr("Write them in words.")
    said += " " + tr(
        "Put {fonts} into the folder {folder}, then make it again.",
        fonts=", ".join(fonts),
        folder=font_folder(),
    )
    vain = unusable_fonts()
    if not vain:
        return said
    return f"{said} " + plural(
        "{files} there cannot be used: only a font in one static TrueType file (.ttf) can.",
        "{files} there cannot be used: only fonts in static TrueType files (.ttf) can.",
        len(vain),
        files=", ".join(vain),
    )


def _scripts(found: Sequence[Unshown]) -> list[str]:
    return sorted({script for one in found for script in one.scripts if script})


def _named(one: Unshown, tables: Tables | None) -> str:
    if tables is None:
        return f"{one.table} {one.id} {one.field}"
    spec = FIELDS[one.table].get(one.field)
    return f"{name_of(tables, one.table, one.id)}: {spec.title if spec else one.field}"
