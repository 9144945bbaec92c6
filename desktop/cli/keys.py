"""``crosstrack keys``: the ways to open a project, listed, added, removed; a new key for all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.context import check_target, refuse_unsaved
from desktop.cli.secrets import add_secret_options, new_passphrase
from desktop.ways import short_name, slot_in_words
from model.refusals import Refusal
from model.storage.keys import KeyFile
from model.storage.recovery import write_secret
from resources.text import tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from desktop.cli.context import Context
    from model.storage.keys import Passphrase, ProjectKey
    from model.storage.store import OpenedProject


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``keys``."""
    parser.add_argument("file", metavar="FILE", help=tr("the project file"))
    wish = parser.add_mutually_exclusive_group()
    wish.add_argument(
        "--add-member",
        nargs=2,
        metavar=("NAME", "PUBLIC_KEY"),
        help=tr("let somebody in with their own key; this is its public half (age1…)"),
    )
    wish.add_argument("--add-passphrase", action="store_true", help=tr("add a further passphrase"))
    wish.add_argument(
        "--add-key-file", metavar="PATH", help=tr("write a new key file that opens it")
    )
    wish.add_argument(
        "--remove",
        metavar="WAY",
        help=tr("remove a way: its name in the list, such as passphrase-2, or a member's name"),
    )
    wish.add_argument(
        "--new-key",
        action="store_true",
        help=tr("seal it anew; only one new passphrase and the members open it then"),
    )
    parser.add_argument(
        "--new-passphrase-file",
        metavar="PATH",
        help=tr("the new passphrase, in the first line of this file; asked for if left out"),
    )
    parser.add_argument("--json", action="store_true", help=tr("say the result as JSON"))
    add_secret_options(parser)


def run(options: Namespace, context: Context) -> None:
    """Change the ways into a project where that is asked for, and list them.

    Raises:
        Refusal: nothing was changed.
    """
    if options.new_passphrase_file and not (options.add_passphrase or options.new_key):
        message = tr("--new-passphrase-file goes with --add-passphrase or --new-key.")
        raise Refusal("passphrase", message)
    if options.add_key_file:
        check_target(Path(options.add_key_file), force=None)
    project = context.open(options)
    told, project = _changed(options, context, project)
    key = project.key
    lines = [*told]
    lines += [f"{_name(key, slot.name)}: {_words(key, slot.name)}" for slot in key.slots]
    if options.remove:
        lines.append(
            tr(
                "Copies made before still open with it, and whoever used it may have kept the "
                "project's key; --new-key shuts them out."
            )
        )
    facts = {"file": str(options.file), "ways": [_facts(key, slot.name) for slot in key.slots]}
    context.console.say(lines, facts)


def _changed(
    options: Namespace, context: Context, project: OpenedProject
) -> tuple[list[str], OpenedProject]:
    store = context.store
    if options.add_member:
        name, public = options.add_member
        project = store.add_member(project, name, public)
        return [tr("{name} is a member now.", name=project.key.members[-1].name)], project
    if options.add_passphrase:
        secret = _renewed(options)
        return [tr("Added a passphrase.")], store.add_secret(project, secret)
    if options.add_key_file:
        path, key = Path(options.add_key_file), KeyFile.generate()
        write_secret(path, key.content())  # first: a slot without its key is useless
        done = [tr("{file}: opens the project; keep it apart from it.", file=path)]
        return done, store.add_secret(project, key, "keyfile")
    if options.remove:
        slot = _slot(project.key, options.remove)
        words = slot_in_words(slot, project.key.members)
        return [tr("Removed: {way}.", way=words)], store.remove_secret(project, slot)
    if options.new_key:
        refuse_unsaved(project)
        secret = _renewed(options)
        saved = store.rekey(project, project.content, secret)
        return [tr("Sealed anew under a new key.")], saved.project
    return [], project


def _renewed(options: Namespace) -> Passphrase:
    prompt = tr("New passphrase: ")
    return new_passphrase(options.new_passphrase_file, prompt, "--new-passphrase-file")


def _slot(key: ProjectKey, text: str) -> str:
    """The slot that is meant by its short name, by the name of a member or by their public key."""
    wanted = text.strip()
    found = [slot.name for slot in key.slots if short_name(slot.name) == wanted]
    found += [
        one.slot
        for one in key.members
        if wanted == one.key or one.name.casefold() == wanted.casefold()
    ]
    if found:
        return found[0]
    known = ", ".join(_name(key, slot.name) for slot in key.slots)
    message = tr("There is no way “{way}”; there are: {known}.", way=wanted[:80], known=known)
    raise Refusal("way", message)


def _name(key: ProjectKey, slot: str) -> str:
    member = next((one for one in key.members if one.slot == slot), None)
    return member.name if member is not None else short_name(slot)


def _words(key: ProjectKey, slot: str) -> str:
    member = next((one for one in key.members if one.slot == slot), None)
    text = tr("member, {key}", key=member.key) if member else slot_in_words(slot, ())
    used = slot == key.opened_by
    return tr("{way} (you opened it with this one)", way=text) if used else text


def _facts(key: ProjectKey, slot: str) -> dict[str, object]:
    member = next((one for one in key.members if one.slot == slot), None)
    kind = "member" if member else short_name(slot).rpartition("-")[0]
    return {
        "way": _name(key, slot),
        "kind": kind,
        "slot": slot,
        "public_key": member.key if member else "",
        "used": slot == key.opened_by,
    }
