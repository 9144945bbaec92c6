"""``crosstrack share``: a part of a project for an audience, as a sealed project of its own."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.context import check_target
from desktop.cli.export import own_day
from desktop.cli.redacted import add_redaction_arguments
from desktop.cli.secrets import add_secret_options, new_secret
from model.codes import TRACKS, tlp_text
from model.commands.exports import record_export
from model.dates import day
from model.document import Document
from model.filtering import Filtering, FilterSpec
from model.redaction import check_audience
from model.refusals import Refusal
from model.search import fold
from model.view_state import actors_of_view
from resources.text import plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable
    from datetime import date

    from desktop.cli.context import Context
    from desktop.sharing import Shared


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``share``."""
    add_redaction_arguments(parser)
    parser.add_argument("--out", metavar="COPY", required=True, help=tr("the copy to make"))
    part = parser.add_mutually_exclusive_group()
    part.add_argument(
        "--tracks", metavar="TRACK", nargs="+", help=tr("only actors of these tracks: T1, T2 …")
    )
    part.add_argument(
        "--actors", metavar="NAME", nargs="+", help=tr("only these actors, by name, id or key")
    )
    part.add_argument("--view", metavar="TITLE", help=tr("only actors that this saved view shows"))
    parser.add_argument(
        "--no-record",
        action="store_true",
        help=tr("do not note the copy in the project; it can then not come back by merge"),
    )
    add_secret_options(parser)
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--copy-passphrase-file",
        metavar="PATH",
        help=tr("passphrase of the copy, in the first line of this file; asked for if left out"),
    )
    group.add_argument("--copy-key-file", metavar="PATH", help=tr("key file that opens the copy"))


def run(options: Namespace, context: Context) -> None:
    """Make the copy, and note in the project what went out.

    Raises:
        Refusal: nothing was written.
    """
    from desktop.sharing import ShareChoice, share  # noqa: PLC0415 - brings the exporters

    audience = check_audience(options.audience)
    tracks = _tracks(options.tracks or ())
    target = Path(options.out)
    check_target(target, force=options.force)
    if options.override and options.no_record:
        message = tr("A reason for an override must be kept: leave out --no-record.")
        raise Refusal("override", message)
    project = context.open(options)
    document = Document(project.content)
    as_of = day(options.as_of) if options.as_of else own_day(document)
    only = _chosen(document, as_of, options, tracks)
    own = Namespace(passphrase_file=options.copy_passphrase_file, key_file=options.copy_key_file)
    secret = new_secret(
        own, tr("Passphrase for the copy: "), "--copy-passphrase-file / --copy-key-file"
    )
    choice = ShareChoice(audience, only, options.keep_positions, options.override)
    shared = share(context.store, project, document, as_of, choice, target, secret)
    if not options.no_record:
        first = shared.saved.project.stamp.id
        record_export(
            document, shared.copy, reason=options.override, flags=shared.flags, copy_id=first
        )
        context.store.save(project, document.content())
    _tell(shared, target, context)


def _tracks(given: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(one.strip().upper() for one in given)
    unknown = sorted(wanted - {code.upper() for code in TRACKS.codes})
    if unknown:
        known = ", ".join(TRACKS.codes)
        message = tr("“{track}” is not a track; the tracks are {known}.", track=unknown[0][:40],
                     known=known)  # fmt: skip
        raise Refusal("track", message)
    return frozenset(code for code in TRACKS.codes if code.upper() in wanted)


def _chosen(
    document: Document, as_of: date, options: Namespace, tracks: frozenset[str]
) -> frozenset[str] | None:
    if tracks:
        return Filtering(document, as_of, FilterSpec({"track": tracks})).actor_ids
    if options.view:
        view = next((v for v in document.views.values() if v.title == options.view), None)
        if view is None:
            known = ", ".join(f"“{one.title}”" for one in document.views.values()) or tr("none")
            message = tr("There is no saved view “{title}”; there are: {known}.",
                         title=options.view[:60], known=known)  # fmt: skip
            raise Refusal("view", message)
        return actors_of_view(document, as_of, view)
    if options.actors:
        return frozenset(_actor(document, one) for one in options.actors)
    return None


def _actor(document: Document, text: str) -> str:
    """The id of the one actor that is meant by a name, a short name, an id or an imported id."""
    wanted = fold(text)
    found = [
        actor.id
        for actor in document.actors.values()
        if text == actor.id
        or any(text == one.id for one in actor.external)
        or wanted in {fold(name) for name in (actor.name, actor.short_name, *actor.other_names)}
    ]
    if len(found) == 1:
        return found[0]
    if found:
        message = tr("{count} actors are called “{name}”; give an id.", count=len(found),
                     name=text[:60])  # fmt: skip
        raise Refusal("actor", message)
    raise Refusal("actor", tr("No actor is called “{name}”.", name=text[:60]))


def _tell(shared: Shared, target: Path, context: Context) -> None:
    copy = shared.copy
    counts = {table: len(records) for table, records in copy.content.items() if records}
    withheld = copy.withheld_counts()
    lines = [
        plural(
            "{file}: a copy for {audience} with {count} actor.",
            "{file}: a copy for {audience} with {count} actors.",
            counts.get("actors", 0),
            file=target,
            audience=tlp_text(copy.audience),
        ),
        plural(
            "{count} record stayed behind.",
            "{count} records stayed behind.",
            sum(withheld.values()),
        ),
    ]
    if copy.mentions:
        lines.append(
            plural(
                "{count} text in the copy holds a name that was left behind: read it first.",
                "{count} texts in the copy hold names that were left behind: read them first.",
                len(copy.mentions),
            )
        )
    lines += [tr("Overridden: {flag}", flag=flag) for flag in shared.flags]
    facts = {
        "file": str(target),
        "audience": tlp_text(copy.audience),
        "records": counts,
        "withheld": withheld,
        "mentions": [
            {"table": one.table, "id": one.id, "field": one.field} for one in copy.mentions
        ],
        "overridden": list(shared.flags),
        "durable": shared.saved.durable,
    }
    context.console.say(lines, facts)
