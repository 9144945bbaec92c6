"""Colours and sizes of cards in packs: said in words, and read off the copy alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters.images.pictures import write_svg
from exporters.pdf.pages import Kit
from exporters.pdf.pictures import map_pages
from exporters.progress import Silent
from exporters.recipes import kept_fields, recipe_of
from exporters.request import ExportRequest, Recipe
from exporters.styled import map_options, styling_words
from model.drawing.map_options import MapOptions
from model.records import Actor, Linkage, PackRecipe, View
from tests.packs import DAY, empty_content, pack_of, put

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.request import Pack
    from model.document import Content

STYLED = Recipe(colour_by="measure:partners", size_by="measure:reach")
pytestmark = pytest.mark.usefixtures("qapp")


def project(*, with_secret: bool) -> Content:
    content = empty_content()
    names = ("one", "two", "three", "secret")
    for name in names if with_secret else names[:3]:
        label = "RED" if name == "secret" else "CLEAR"
        put(content, "actors", Actor(id=name, name=name.title(), tracks=("T1",), tlp=label))
    for other in ("two", "secret") if with_secret else ("two",):
        label = "RED" if other == "secret" else "CLEAR"
        link = Linkage(
            id=f"l{other}", from_id="one", to_id=other, kind="alliance", status="active", tlp=label
        )
        put(content, "linkages", link)
    return content


def svg(pack: Pack, path: Path) -> str:
    write_svg(pack, path, Silent())
    return path.read_text(encoding="utf-8")


def test_maps_in_packs_are_coloured_with_a_legend_from_the_copy_alone(tmp_path: Path) -> None:
    packs = [pack_of(project(with_secret=one), recipe=STYLED) for one in (True, False)]
    with_secret, without = (svg(pack, tmp_path / "map.svg") for pack in packs)
    assert with_secret == without
    for words in ("Colour: Linked actors", "Size: Reach", "a question, not a fact"):
        assert words in with_secret
    words = styling_words(packs[0].map_tables, map_options(packs[0].request))
    assert words.startswith("Cards are coloured by Linked actors, sized by Reach.")
    page = map_pages(packs[0], Kit(packs[0]))[0]
    assert "Linked actors" in " ".join(str(item) for item in page.items)


def test_views_keep_their_own_colours_and_recipes_keep_theirs() -> None:
    view = View(id="v", title="By track", styling={"colour_by": "track"})
    request = ExportRequest(audience="GREEN", as_of=DAY, recipe=STYLED)
    assert map_options(request, view).colour_by == "track"
    assert map_options(request, View(id="w", title="Plain")).colour_by == "measure:partners"
    kept = PackRecipe(id="r", title="For donors", **kept_fields(STYLED))  # type: ignore[arg-type]
    assert (recipe_of(kept).colour_by, recipe_of(kept).size_by) == (
        "measure:partners",
        "measure:reach",
    )
    assert recipe_of(PackRecipe(id="r", title="Old")).colour_by == ""


def test_a_part_of_a_project_does_not_tell_who_is_the_only_way() -> None:
    recipe = Recipe(colour_by="measure:cut_off", size_by="measure:reach")
    part = ExportRequest(audience="GREEN", as_of=DAY, recipe=recipe)
    assert map_options(part) == MapOptions(size_by="measure:reach")
    whole = ExportRequest(audience="RED", as_of=DAY, recipe=recipe)
    assert map_options(whole).colour_by == "measure:cut_off"
