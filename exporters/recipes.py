"""Briefings that are ready to make, by name; each says for whom it is meant."""

from __future__ import annotations

from typing import Final

from exporters.request import SECTIONS, Recipe, Section
from resources.text import tr

_SHORT: Final[tuple[Section, ...]] = ("map", "timeline", "attention", "processes")
_MONEY: Final[tuple[Section, ...]] = ("timeline", "funding", "activities", "mandates", "postings")
_SAFETY: Final[tuple[Section, ...]] = (
    *("attention", "checklist", "decisions", "linkages"),
    *("context", "channels", "blind_spots"),
)

RECIPES: Final = {
    one.name: one
    for one in (
        Recipe("briefing", SECTIONS),
        Recipe("short", _SHORT),
        Recipe("funding", _MONEY),
        Recipe("do-no-harm", _SAFETY),
    )
}
"""All recipes by name."""


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
        "context": tr("Dividers, connectors and signals"),
        "funding": tr("Funding"),
        "postings": tr("Postings"),
        "checklist": tr("Do-no-harm checklist"),
        "decisions": tr("Decisions"),
        "claims": tr("Differing views"),
    }[section]
