"""Briefings that are ready to make, by name; each says for whom it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.request import SECTIONS, Recipe, Section
from resources.text import tr

if TYPE_CHECKING:
    from model.records import PackRecipe

_SHORT: Final[tuple[Section, ...]] = (
    *("summary", "map", "timeline", "attention", "processes", "limits"),
)
_MONEY: Final[tuple[Section, ...]] = (
    *("summary", "horizon", "timeline", "funding", "activities", "mandates", "postings"),
    *("sources", "limits"),
)
_SAFETY: Final[tuple[Section, ...]] = (
    *("attention", "checklist", "decisions", "linkages"),
    *("context", "channels", "blind_spots", "sources", "limits"),
)

RECIPES: Final = {
    one.name: one
    for one in (
        Recipe("briefing", SECTIONS),
        Recipe("short", _SHORT, options=(("attention", "grave"),)),
        Recipe("funding", _MONEY),
        Recipe("do-no-harm", _SAFETY, options=(("checklist", "all"),)),
    )
}
"""All recipes by name."""
SECTIONS_BY_NAME: Final[dict[str, Section]] = {one: one for one in SECTIONS}


def recipe_of(kept: PackRecipe) -> Recipe:
    """What a recipe that was kept in the project says; what this version does not know is left out.

    A recipe from a newer version may name sections that are not made yet.
    """
    told = told_by(kept)
    return Recipe(
        name=kept.title,
        sections=tuple(SECTIONS_BY_NAME[one] for one in kept.sections if one in SECTIONS_BY_NAME),
        page="letter" if told.get("page") == "letter" else "A4",
        inserts="same" if told.get("inserts") == "same" else "large",
        colours="grey" if told.get("colours") == "grey" else "colour",
        options=tuple((name, value) for name, value in told.items() if name in SECTIONS_BY_NAME),
        colour_by=told.get("colour_by", ""),
        size_by=told.get("size_by", ""),
    )


def told_by(kept: PackRecipe) -> dict[str, str]:
    """What a kept recipe was told: paper, colours, audience, language, options of sections."""
    return {name: value for name, _sign, value in (one.partition("=") for one in kept.told)}


def kept_fields(recipe: Recipe, **more: str) -> dict[str, object]:
    """The fields of a kept recipe that hold one; `more` is what else it was told."""
    styling = {"colour_by": recipe.colour_by, "size_by": recipe.size_by}
    told = {
        **more,
        **{name: value for name, value in styling.items() if value},
        "page": recipe.page,
        "inserts": recipe.inserts,
        "colours": recipe.colours,
        **dict(recipe.options),
    }
    return {
        "sections": tuple(recipe.sections),
        "told": tuple(f"{name}={value}" for name, value in told.items()),
    }


def recipe_title(name: str) -> str:
    """What a recipe is called and what it is for."""
    return {
        "briefing": tr("Whole briefing"),
        "short": tr("Short briefing for a decision-maker"),
        "funding": tr("Money, mandates and postings, for donors"),
        "do-no-harm": tr("Do-no-harm review"),
    }[name]


def section_title(section: Section) -> str:
    """What a section is called where sections are chosen."""
    return {
        "map": tr("Map"),
        "timeline": tr("Timeline"),
        "attention": tr("Needs attention"),
        "processes": tr("Processes"),
        "parallel": tr("Parallel processes"),
        "actors": tr("Actors"),
        "relations": tr("Trust, impartiality, consent and stances"),
        "mandates": tr("Mandates"),
        "linkages": tr("Linkages"),
        "channels": tr("Channel coverage"),
        "activities": tr("Activities"),
        "spheres": tr("Spheres of action"),
        "blind_spots": tr("Blind-spot grid"),
        "measures": tr("Measures of the network"),
        "context": tr("Dividers, connectors and signals"),
        "funding": tr("Funding"),
        "postings": tr("Postings"),
        "checklist": tr("Do-no-harm checklist"),
        "decisions": tr("Decisions"),
        "claims": tr("Differing views"),
        "summary": tr("Summary in sentences"),
        "views": tr("Map by saved view"),
        "profiles": tr("Actor profiles"),
        "horizon": tr("Funding horizon"),
        "sources": tr("Sources and grades"),
        "limits": tr("Limits of this pack"),
    }[section]


def option_title(section: Section, option: str) -> str:
    """What telling a section something is called."""
    return {
        ("map", "legible"): tr("One sheet, and legible parts where it is small"),
        ("map", "sheet"): tr("One sheet only"),
        ("timeline", "whole"): tr("All that is dated, by track"),
        ("timeline", "shown"): tr("As the timeline in the window shows it"),
        ("map", "poster"): tr("Poster in full size, on large sheets"),
        ("map", "poster_a4"): tr("Poster in full size, on small sheets"),
        ("attention", "all"): tr("All questions"),
        ("attention", "grave"): tr("Grave and medium ones only"),
        ("profiles", "parties"): tr("Conflict parties"),
        ("profiles", "third_parties"): tr("Conflict parties and third parties"),
        ("profiles", "everyone"): tr("All actors"),
        ("linkages", "all"): tr("All linkages"),
        ("linkages", "reasoned"): tr("Only those with a reason or a risk"),
        ("linkages", "apart"): tr("Only those kept apart or waiting"),
        ("checklist", "answered"): tr("Answers; open items by name"),
        ("checklist", "all"): tr("All items with their questions"),
    }[section, option]
