"""Typed reading of the tables, the same for a live document and a frozen snapshot."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, cast

from model import records as r
from model.naming import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class Tables(ABC):
    """Read access by table name, and typed properties for the tables that code names."""

    revision: int

    @abstractmethod
    def table(self, name: str) -> Mapping[str, r.Record]:
        """The records of a table by id."""

    def get(self, table: str, record_id: str) -> r.Record | None:
        """A record, or None when there is none of that id."""
        return self.table(table).get(record_id)

    @property
    def project(self) -> r.Project:
        """The project's title and settings."""
        return cast("r.Project", self.table("project")[r.PROJECT_ID])

    @property
    def tracks(self) -> Mapping[str, r.Track]:
        """Settings of the bands, by track code; a code without a record has the defaults."""
        return cast("Mapping[str, r.Track]", self.table("tracks"))

    @property
    def actors(self) -> Mapping[str, r.Actor]:
        """Actors by id."""
        return cast("Mapping[str, r.Actor]", self.table("actors"))

    @property
    def roles(self) -> Mapping[str, r.Role]:
        """Third-party roles by id."""
        return cast("Mapping[str, r.Role]", self.table("roles"))

    @property
    def linkages(self) -> Mapping[str, r.Linkage]:
        """Linkages by id."""
        return cast("Mapping[str, r.Linkage]", self.table("linkages"))

    @property
    def processes(self) -> Mapping[str, r.Process]:
        """Processes by id."""
        return cast("Mapping[str, r.Process]", self.table("processes"))

    @property
    def phases(self) -> Mapping[str, r.Phase]:
        """Phases by id."""
        return cast("Mapping[str, r.Phase]", self.table("phases"))

    @property
    def milestones(self) -> Mapping[str, r.Milestone]:
        """Milestones by id."""
        return cast("Mapping[str, r.Milestone]", self.table("milestones"))

    @property
    def activities(self) -> Mapping[str, r.Activity]:
        """Activities by id."""
        return cast("Mapping[str, r.Activity]", self.table("activities"))

    @property
    def dependencies(self) -> Mapping[str, r.Dependency]:
        """What waits for what, by id."""
        return cast("Mapping[str, r.Dependency]", self.table("dependencies"))

    @property
    def baselines(self) -> Mapping[str, r.Baseline]:
        """Named snapshots of dates and money by id."""
        return cast("Mapping[str, r.Baseline]", self.table("baselines"))

    @property
    def postings(self) -> Mapping[str, r.Posting]:
        """Postings by id."""
        return cast("Mapping[str, r.Posting]", self.table("postings"))

    @property
    def mandates(self) -> Mapping[str, r.Mandate]:
        """Mandates by id."""
        return cast("Mapping[str, r.Mandate]", self.table("mandates"))

    @property
    def funding(self) -> Mapping[str, r.FundingLine]:
        """Funding lines by id."""
        return cast("Mapping[str, r.FundingLine]", self.table("funding"))

    @property
    def rates(self) -> Mapping[str, r.ExchangeRate]:
        """Stated exchange rates by id."""
        return cast("Mapping[str, r.ExchangeRate]", self.table("rates"))

    @property
    def answers(self) -> Mapping[str, r.Answer]:
        """Checklist answers by id."""
        return cast("Mapping[str, r.Answer]", self.table("answers"))

    @property
    def groups(self) -> Mapping[str, r.Group]:
        """Outlines on the map by id."""
        return cast("Mapping[str, r.Group]", self.table("groups"))

    @property
    def placements(self) -> Mapping[str, r.Placement]:
        """Places on the map, by the id of the thing that is placed."""
        return cast("Mapping[str, r.Placement]", self.table("placements"))

    @property
    def notes(self) -> Mapping[str, r.Note]:
        """Notes by id."""
        return cast("Mapping[str, r.Note]", self.table("notes"))

    @property
    def views(self) -> Mapping[str, r.View]:
        """Saved views by id."""
        return cast("Mapping[str, r.View]", self.table("views"))

    @property
    def recipes(self) -> Mapping[str, r.PackRecipe]:
        """Recipes of packs by id."""
        return cast("Mapping[str, r.PackRecipe]", self.table("recipes"))

    def name_of(self, table: str, record_id: str) -> str:
        """What a person calls a record; linkages are named by their ends."""
        return name_of(self, table, record_id)
