"""From records to sections of rows, in full or following one commit after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.codes import TRACKS
from model.dates import FIRST_DAY, LAST_DAY, first_day, last_day
from model.naming import short_name
from model.timeline import items as make
from model.timeline.cover import Cover, cover, lines_by_activity
from model.timeline.groups import RowGroups, in_order
from model.timeline.items import Item
from model.timeline.rows import Grouping, Row, Section
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model import records as r
    from model.patch import Patch
    from model.tables import Tables

MIN_VACANCY_DAYS = 1
_NAMES = frozenset({"actors", "processes"})
"""Tables whose records rows are named after."""


def sections(tables: Tables, grouping: Grouping = "track") -> tuple[Section, ...]:
    """All sections; only those that teach where to begin are there when empty."""
    return SectionBuilder(tables, grouping).sections()


class Covered(msgspec.Struct, frozen=True):
    """An activity's item, its cover, and the items of its unfunded stretches."""

    item: Item
    cover: Cover
    uncovered: tuple[Item, ...]


class SectionBuilder:
    """The sections of one project, kept up to date."""

    def __init__(self, tables: Tables, grouping: Grouping = "track") -> None:
        """Read all records."""
        self._tables = tables
        self._lines = lines_by_activity(tables)
        self._covered: dict[str, Covered] = {}
        self._phases = RowGroups(_one_row, make.phase_item, lambda _: _phase_row(), ("",))
        self._milestones = RowGroups(
            _one_row, make.milestone_item, lambda _: _milestone_row(), ("",)
        )
        self._activities = self._activity_groups(grouping)
        self._postings: RowGroups[r.Posting] = RowGroups(
            lambda one: f"{one.institution_id}:{one.office}",
            lambda one: make.posting_item(tables, one),
            self._posting_row,
            more=_vacancies,
        )
        self._funding: RowGroups[r.FundingLine] = RowGroups(
            lambda one: one.recipient_id,
            lambda one: make.funding_item(tables, one),
            self._funding_row,
        )
        self._mandates: RowGroups[r.Mandate] = RowGroups(
            lambda one: one.holder_id,
            lambda one: make.mandate_item(tables, one),
            self._mandate_row,
        )
        self._processes: RowGroups[r.Process] = RowGroups(
            _one_row, lambda one: make.process_item(tables, one), lambda _: _process_row()
        )
        self._offices: dict[str, r.Posting] = {}
        self._uncovered: Row | None = None
        self._update({name: set(tables.table(name)) for name in _SHOWN})

    def follow(self, patch: Patch) -> None:
        """Read again what a commit changes, and what is named or paid for by it."""
        tables = self._tables
        ids: dict[str, set[str]] = {name: set(patch.ids(name)) for name in _SHOWN}
        if ids["funding"]:
            self._lines = lines_by_activity(tables)
            for change in patch.changes:
                if change.table == "funding":
                    for line in (change.before, change.after):
                        ids["activities"].update(getattr(line, "activity_ids", ()))
        actors = patch.ids("actors")
        if actors:
            for name, field in _NAMED_AFTER.items():
                ids[name].update(
                    one.id for one in tables.table(name).values() if getattr(one, field) in actors
                )
        changed = patch.ids("activities")
        if changed:
            ids["funding"].update(
                line.id
                for line in tables.funding.values()
                if not changed.isdisjoint(line.activity_ids)
            )
        self._update(ids)
        if not _NAMES.isdisjoint(patch.tables):
            for groups in (self._activities, self._postings, self._funding, self._mandates):
                groups.rename()

    def sections(self) -> tuple[Section, ...]:
        """The sections as they are now."""
        activities = self._activities.rows()
        if any(row.track for row in activities):
            activities.sort(key=lambda row: TRACKS.rank(row.track))
        plan = (*self._phases.rows(), *self._milestones.rows())
        postings = self._postings.rows() or [_no_posting_row()]
        funding = self._funding.rows() or [self._funding_row("")]
        if self._uncovered is not None:
            funding.insert(0, self._uncovered)
        found = [
            Section(key="plan", title=tr("Phases and milestones"), rows=plan),
            Section(key="activities", title=tr("Activities"), rows=tuple(activities)),
            Section(key="postings", title=tr("Postings"), rows=tuple(postings)),
            Section(key="funding", title=tr("Funding"), rows=tuple(funding)),
        ]
        mandates, processes = tuple(self._mandates.rows()), tuple(self._processes.rows())
        if mandates:
            found.append(Section(key="mandates", title=tr("Mandates"), rows=mandates))
        if processes:
            found.append(Section(key="processes", title=tr("Processes"), rows=processes))
        return tuple(found)

    def covers(self) -> dict[str, Cover]:
        """The cover of every activity."""
        return {activity_id: one.cover for activity_id, one in self._covered.items()}

    def _update(self, ids: dict[str, set[str]]) -> None:
        tables = self._tables
        for activity_id in ids["activities"]:
            activity = tables.activities.get(activity_id)
            if activity is None:
                self._covered.pop(activity_id, None)
            else:
                self._covered[activity_id] = self._cover(activity)
        if ids["activities"]:
            self._uncovered = self._uncovered_row()
        self._phases.update(ids["phases"], tables.phases)
        self._milestones.update(ids["milestones"], tables.milestones)
        self._activities.update(_in_table(ids["activities"], tables.activities), tables.activities)
        for posting_id in ids["postings"]:
            if posting_id in tables.postings:
                posting = tables.postings[posting_id]
                self._offices[f"{posting.institution_id}:{posting.office}"] = posting
        self._postings.update(_in_table(ids["postings"], tables.postings), tables.postings)
        self._funding.update(_in_table(ids["funding"], tables.funding), tables.funding)
        self._mandates.update(ids["mandates"], tables.mandates)
        self._processes.update(ids["processes"], tables.processes)

    def _cover(self, activity: r.Activity) -> Covered:
        found = cover(activity, self._lines.get(activity.id, ()))
        uncovered = tuple(make.uncovered_items(self._tables, found)) if found.gaps else ()
        return Covered(make.activity_item(self._tables, activity, found), found, uncovered)

    def _uncovered_row(self) -> Row | None:
        items = [item for one in self._covered.values() for item in one.uncovered]
        without = sum(one.cover.state == "no_line" for one in self._covered.values())
        if not items and not without:
            return None
        detail = (
            plural("{count} activity without a line", "{count} activities without a line", without)
            if without
            else ""
        )
        return Row(key="uncovered", title=tr("Not covered"), detail=detail, items=in_order(items))

    def _activity_groups(self, grouping: Grouping) -> RowGroups[r.Activity]:
        def item(activity: r.Activity) -> Item:
            return self._covered[activity.id].item

        if grouping == "track":
            return RowGroups(_home_track, item, _track_row, ("T1", "T2", "T3"))
        tables = self._tables
        if grouping == "process":
            return RowGroups(
                lambda activity: activity.process_id,
                item,
                lambda key: Row(
                    key=f"activities:process:{key}",
                    title=tables.name_of("processes", key) if key else tr("No process"),
                    adds="activities",
                    defaults={"process_id": key},
                ),
            )
        return RowGroups(
            lambda activity: activity.lead_id,
            item,
            lambda key: Row(
                key=f"activities:actor:{key}",
                title=short_name(tables, key) if key else tr("No lead"),
                adds="activities",
                defaults={"lead_id": key},
            ),
        )

    def _posting_row(self, key: str) -> Row:
        posting = self._offices[key]
        institution = self._tables.actors.get(posting.institution_id)
        return Row(
            key=f"postings:{key}",
            title=posting.office,
            detail=short_name(self._tables, posting.institution_id) if institution else "",
            adds="postings",
            defaults={"office": posting.office, "institution_id": posting.institution_id},
        )

    def _funding_row(self, key: str) -> Row:
        actor = self._tables.actors.get(key)
        return Row(
            key=f"funding:{key}",
            title=short_name(self._tables, key) if key else tr("Recipient not known"),
            detail=actor.name if actor is not None and actor.short_name else "",
            adds="funding",
            defaults={"recipient_id": key},
        )

    def _mandate_row(self, key: str) -> Row:
        return Row(
            key=f"mandates:{key}",
            title=short_name(self._tables, key),
            adds="mandates",
            defaults={"holder_id": key},
        )


_SHOWN = (*("activities", "phases", "milestones", "postings", "funding", "mandates", "processes"),)
_NAMED_AFTER = {
    "activities": "lead_id",
    "postings": "institution_id",
    "funding": "donor_id",
    "mandates": "holder_id",
    "processes": "lead_id",
}


def _in_table(ids: set[str], table: Iterable[str]) -> list[str]:
    """The ids in a fixed order: that of the table where many are read."""
    if len(ids) < 16:
        return sorted(ids)
    known = [one for one in table if one in ids]
    return known + sorted(ids.difference(known))


def _one_row(_record: r.Record) -> str:
    return ""


def _phase_row() -> Row:
    return Row(key="phases", title=tr("Phases"), adds="phases")


def _milestone_row() -> Row:
    return Row(key="milestones", title=tr("Milestones"), adds="milestones")


def _process_row() -> Row:
    return Row(key="processes", title=tr("Processes"), adds="processes")


def _no_posting_row() -> Row:
    return Row(
        key="postings:none",
        title=tr("Offices"),
        adds="postings",
        defaults={"office": tr("New office")},
    )


def _home_track(activity: r.Activity) -> str:
    """The row of an activity on several tracks is that of the highest; it is drawn once."""
    return min(activity.tracks, key=TRACKS.rank, default="unknown")


def _track_row(track: str) -> Row:
    tracks = () if track == "unknown" else (track,)
    return Row(
        key=f"activities:{track}",
        title=TRACKS.label(track),
        track=track,
        adds="activities",
        defaults={"tracks": tracks},
    )


def _vacancies(postings: list[r.Posting]) -> Iterable[Item]:
    """Certain stretches without a holder between one posting and the next of the office."""
    dated = sorted((first_day(one.start), last_day(one.end), one.id, one) for one in postings)
    until = FIRST_DAY
    for number, (_, end, _, earlier) in enumerate(dated[:-1]):
        until = max(until, end)
        begins = dated[number + 1][0]
        if until == LAST_DAY or begins == FIRST_DAY:
            continue
        if (begins - until).days - 1 >= MIN_VACANCY_DAYS:
            yield make.vacancy_item(earlier, until.toordinal() + 1, begins.toordinal() - 1)
