"""``crosstrack merge``: two copies of a project into a third file; conflicts stay open in it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desktop.cli.context import check_target
from desktop.cli.secrets import add_secret_options, existing_secret
from desktop.ways import short_name, way_in_words
from model.codes import tlp_text
from model.document import Document
from model.merge import wording
from model.merge.access import only_theirs, with_ways
from model.merge.copies import plan_merge
from model.merge.lineage import joined
from model.merge.resolving import resolve
from model.refusals import Refusal
from model.storage.errors import Damaged
from resources.text import plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from desktop.cli.context import Context
    from model.merge.access import Way
    from model.merge.threeway import MergePlan
    from model.patch import RecordChange
    from model.storage.store import OpenedProject
    from model.tables import Tables

_LISTED: Final = 20
"""Records of one kind that are listed in words; --json lists all."""


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``merge``."""
    parser.add_argument("file", metavar="MINE", help=tr("your copy of the project"))
    parser.add_argument("theirs", metavar="THEIRS", help=tr("the other copy"))
    parser.add_argument(
        "--out", metavar="FILE", required=True, help=tr("the merged project, sealed like MINE")
    )
    parser.add_argument("--force", action="store_true", help=tr("replace a file that is there"))
    parser.add_argument("--json", action="store_true", help=tr("say the full plan as JSON"))
    parser.add_argument(
        "--let-in",
        metavar="WAY",
        nargs="+",
        default=[],
        help=tr("members and other ways that only THEIRS has, by the name in the plan"),
    )
    add_secret_options(parser)
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--theirs-passphrase-file",
        metavar="PATH",
        help=tr("passphrase of THEIRS, where it is another one than that of MINE"),
    )
    group.add_argument(
        "--theirs-key-file", metavar="PATH", help=tr("key file of THEIRS, where it needs its own")
    )


def run(options: Namespace, context: Context) -> None:
    """Merge; differences that only a person can decide stay flagged in the merged project.

    Raises:
        Refusal: a file cannot be opened or written; nothing was written.
    """
    target = Path(options.out)
    _check_not_theirs(target, Path(options.theirs))
    check_target(target, force=options.force)
    ours = context.open(options)
    theirs = _open_theirs(options, context, ours)
    plan = plan_merge(context.store, ours, ours.content, theirs)
    document = Document(ours.content)
    names = wording.all_names(document, plan)
    label = tr("Merge {name}", name=Path(options.theirs).name)
    patch = resolve(document, plan, {}, label)
    if patch.changes:
        document.apply(patch, "merge")
    both = ours if plan.shared_for else joined(ours, theirs)
    ways = () if plan.shared_for else only_theirs(ours.key, theirs.key)
    taken = _chosen(ways, options.let_in)
    both = with_ways(both, taken)
    saved = context.store.save_copy(both, target, document.content(), overwrite=options.force)
    facts = {"file": str(target), "durable": saved.durable, **_facts(plan, names)}
    facts["ways"] = [_way_facts(one, taken=one in taken) for one in ways]
    lines = [*_lines(plan, names, target), *_way_lines(ways, taken)]
    context.console.say(lines, facts)


def _chosen(ways: tuple[Way, ...], wanted: list[str]) -> tuple[Way, ...]:
    """The ways that the command line names."""
    by_name = {_way_name(way): way for way in ways}
    for one in wanted:
        if one not in by_name:
            known = ", ".join(by_name) or tr("none")
            message = tr("“{way}” is no way that only the other copy has; there are: {known}.",
                         way=one[:80], known=known)  # fmt: skip
            raise Refusal("way", message)
    return tuple(way for name, way in by_name.items() if name in wanted)


def _way_name(way: Way) -> str:
    """What --let-in calls a way; a member by the key, for names may be taken by anybody."""
    return way.member.key if way.member is not None else short_name(way.slot.name)


def _way_lines(ways: tuple[Way, ...], taken: tuple[Way, ...]) -> list[str]:
    if not ways:
        return []
    lines = [tr("Opens only the other copy (--let-in takes over what you name):")]
    for way in ways:
        verdict = tr("let in") if way in taken else tr("not let in")
        lines.append(f"  {_way_name(way)}: {way_in_words(way)}: {verdict}")
    return lines


def _way_facts(way: Way, *, taken: bool) -> dict[str, Any]:
    return {
        "way": _way_name(way),
        "member": way.member.name if way.member is not None else "",
        "namesake": way.namesake,
        "taken": taken,
    }


def _check_not_theirs(target: Path, theirs: Path) -> None:
    if target.exists() and theirs.exists() and target.samefile(theirs):
        message = tr("{name}: the merged project cannot replace the other copy.", name=target)
        raise Refusal("target", message)


def _open_theirs(options: Namespace, context: Context, ours: OpenedProject) -> OpenedProject:
    """Open the other copy: with its own secret, else as ours, else asking."""
    path = Path(options.theirs)
    own = Namespace(
        passphrase_file=options.theirs_passphrase_file, key_file=options.theirs_key_file
    )
    if own.passphrase_file or own.key_file:
        return context.store.open(path, existing_secret(own, path))
    context.store.info(path)
    try:
        return context.store.open_copy(path, ours.key)
    except Damaged as refusal:
        if refusal.facts.get("part") != "body.age":
            raise
    if "-" in {options.passphrase_file, options.key_file}:
        message = tr(
            "{name} has another key than your copy; give --theirs-passphrase-file.", name=path
        )
        raise Refusal("passphrase", message)
    secret = existing_secret(options, path, "--theirs-passphrase-file / --theirs-key-file")
    return context.store.open(path, secret)


def _lines(plan: MergePlan, names: Tables, target: Path) -> list[str]:
    lines = [wording.base_words(plan)]
    for heading, changes in (
        (tr("Added:"), plan.added),
        (tr("Changed:"), plan.changed),
        (tr("Removed:"), plan.removed),
    ):
        lines += _list(heading, [wording.change_words(names, one) for one in changes])
    lines += _list(
        tr("Open conflicts:"),
        [
            tr(
                "{record}, {field}: yours “{ours}”, theirs “{theirs}”, before “{base}”",
                record=wording.record_words(names, one.table, one.id),
                field=wording.field_words(one),
                ours=wording.value_words(names, one, one.ours),
                theirs=wording.value_words(names, one, one.theirs),
                base=wording.value_words(names, one, one.base),
            )
            for one in plan.to_decide
        ],
        limit=None,
    )
    duplicates = [wording.duplicate_words(names, one) for one in plan.duplicates]
    lines += _list(tr("Possibly the same:"), duplicates, limit=None)
    made = tr("{file}: merged. {summary}", file=target, summary=wording.summary_words(plan))
    return [*lines, made]


def _list(heading: str, texts: list[str], limit: int | None = _LISTED) -> list[str]:
    if not texts:
        return []
    lines = [heading, *(f"  {text}" for text in texts[:limit])]
    more = len(texts) - len(lines) + 1
    if more > 0:
        lines.append("  " + plural("and {count} more", "and {count} more", more))
    return lines


def _facts(plan: MergePlan, names: Tables) -> dict[str, Any]:
    return {
        "has_base": plan.has_base,
        "shared_for": tlp_text(plan.shared_for) if plan.shared_for else "",
        "added": [_change(names, one) for one in plan.added],
        "changed": [_change(names, one) for one in plan.changed],
        "removed": [_change(names, one) for one in plan.removed],
        "conflicts": [
            {
                "kind": one.kind,
                "table": one.table,
                "id": one.id,
                "field": one.field,
                "name": names.name_of(one.table, one.id),
                "mine": wording.value_words(names, one, one.ours),
                "theirs": wording.value_words(names, one, one.theirs),
                "base": wording.value_words(names, one, one.base),
            }
            for one in plan.to_decide
        ],
        "arrangement": len(plan.conflicts) - len(plan.to_decide),
        "duplicates": [
            {"table": one.table, "mine": one.ours, "theirs": one.theirs, "reason": one.reason}
            for one in plan.duplicates
        ],
    }


def _change(names: Tables, change: RecordChange) -> dict[str, Any]:
    facts = {
        "table": change.table,
        "id": change.id,
        "name": names.name_of(change.table, change.id),
    }
    if change.before is None or change.after is None:
        return facts
    return facts | {"fields": list(change.touched())}
