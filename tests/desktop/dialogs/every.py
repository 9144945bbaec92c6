"""One of each dialog, filled as users meet it, for tests that look at all of them."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import desktop.dialogs
from desktop.dialogs import (
    about,
    export,
    fault,
    iati_plan,
    importing,
    keys,
    matching,
    members,
    merging,
    passphrase,
    preferences,
    presenting,
    purging,
    recovery,
    recovery_sheet,
    returning,
    same_actors,
    sharing,
    strays,
    unsaved,
)
from desktop.dialogs.access import AccessBox
from desktop.dialogs.plan import PlanDialog
from desktop.dialogs.question import QuestionDialog
from desktop.settings import Settings
from model.document import Document
from model.foreign.table import ForeignFile, ForeignTable
from model.importing.matching import Offer
from model.importing.report import FileCount, ImportReport, ReportLine
from model.importing.source import SourceRow
from model.merge import wording
from model.merge.access import Way
from model.merge.threeway import merge
from model.patch import Patch
from model.returning.items import ReturnItem
from model.returning.plan import ReturnPlan
from model.storage.age import Identity
from model.storage.container import Slot
from model.storage.generations import Generation
from model.storage.keys import KeyFile, ProjectKey
from model.storage.members import Member
from model.storage.recovery import Sheet
from tests.samples import sample
from tests.widgets.merging.test_review import BASE, two_copies

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.merge.threeway import MergePlan
    from model.tables import Tables

NAME = "Bangsamoro talks, working copy of the support team.xtrk"
DAY = date(2013, 2, 15)


def everything_imported() -> None:
    """Import every module of dialogs, so that all kinds of dialogs are known."""
    for module in pkgutil.iter_modules(desktop.dialogs.__path__):
        importlib.import_module(f"desktop.dialogs.{module.name}")


def kinds(of: type[QuestionDialog] = QuestionDialog) -> set[type[QuestionDialog]]:
    """All kinds of dialogs that users meet."""
    everything_imported()
    found: set[type[QuestionDialog]] = set()
    for kind in of.__subclasses__():
        found |= {kind, *kinds(kind)}
    return {one for one in found if one is not PlanDialog and one.__module__.startswith("desktop.")}


def _member(name: str, slot: str) -> Member:
    return Member(name=name, key=Identity.generate().recipient().text(), slot=slot)


def _key() -> ProjectKey:
    slots = (Slot("passphrase", 1, b""), Slot("keyfile", 1, b""), Slot("recovery", 1, b""))
    theirs = (_member("Amina in the field office", "member-1"),)
    return ProjectKey(
        identity=Identity.generate(),
        slots=slots,
        opened_by=slots[0].name,
        members=theirs,
    )


def _report() -> ImportReport:
    line = ReportLine(
        kind="guessed",
        file="actors.csv",
        rows=(2, 7, 31),
        column="start",
        value="early 2012",
        reason="was read as 2012, which is less exact than what stands there",
    )
    counts = FileCount(file="actors.csv", rows=49, records={"actors": 49, "roles": 12})
    return ImportReport(source="mindanao", read=(counts,) * 8, guessed=(line,) * 30)


def _merge_plan() -> tuple[MergePlan, Tables]:
    ours, theirs = two_copies()
    plan = merge(BASE, ours, theirs)
    return plan, wording.all_names(Document(ours), plan)


def _merge(kind: type[merging.MergeDialog]) -> QuestionDialog:
    plan, names = _merge_plan()
    patch = Patch("merge", ())
    if kind is merging.DecideDialog:
        return merging.DecideDialog(None, plan, names, lambda _: patch)
    ways = (Way(Slot("passphrase", 2, b"")),)
    box = AccessBox(ways, (_member("Rasul, who left in May", "member-2"),))
    return merging.MergeDialog(
        None,
        plan,
        names,
        lambda _: patch,
        f"Merge with {NAME}",
        None,
        box,
    )


def _return() -> QuestionDialog:
    items = tuple(
        ReturnItem(
            key=f"k{at}",
            kind=kind,  # type: ignore[arg-type]
            table="actors",
            record_id=f"a{at}",
            name="Moro Islamic Liberation Front",
            field="Name",
            sheet="Actors",
            place="Actors, B7",
            now="Moro Islamic Liberation Front",
            then="MILF",
            reason="Both sides have changed this since the export." if kind == "decide" else "",
            options={"theirs": (), "ours": ()} if kind == "decide" else {},
        )
        for at, kind in enumerate(("decide", "changed", "removed", "refused", "remark"))
    )
    plan = ReturnPlan("pack for the donors.xlsx", "GREEN", items, 80, 75, "run")
    return returning.ReturnDialog(None, plan, lambda _: Patch("import", ()))


def _match() -> QuestionDialog:
    columns = ("Name of the organisation", "Type", "Since", "Remarks")
    rows = tuple(
        SourceRow(at, ("Northern Council", "NGO", "03/04/2012", "speaks for many"))
        for at in range(2, 9)
    )
    table = ForeignTable("contacts", "contacts.xlsx, sheet Contacts", columns, rows)
    remarks = ("Days and months could not be told apart in one column.",)
    return matching.MatchDialog(None, ForeignFile("contacts", (table,), remarks))


def _same() -> QuestionDialog:
    names = ("United States Agency for International Development", "USAID")
    offers = [Offer(("iati", "org", str(at)), names[0], f"a{at}", names[1], at == 0)
              for at in range(12)]  # fmt: skip
    return same_actors.SameActorsDialog(None, offers)


def _versions() -> QuestionDialog:
    found = [Generation(Path(f"/x/{at}.xtrk"), at, 1_350_000_000_000_000_000) for at in range(30)]
    said = {one.path: "49 actors, 68 linkages, 28 activities" for one in found}
    return recovery.RecoveryDialog(None, found, one_project=False, contents=said)


def _parts() -> sharing.Parts:
    return sharing.Parts(
        selected=frozenset({"mindanao-000001"}), shown=None, views={"Talks": frozenset()}
    )


FACTORIES: dict[type[QuestionDialog], Callable[[], QuestionDialog]] = {
    about.AboutDialog: lambda: about.AboutDialog(None),
    about.ShortcutsDialog: lambda: about.ShortcutsDialog(None),
    export.ExportDialog: lambda: export.ExportDialog(None, sample().snapshot(), DAY, "pack"),
    fault.FaultDialog: lambda: fault.FaultDialog(None, "\n".join(["desktop/window.py:12"] * 40)),
    iati_plan.IatiPlanDialog: lambda: iati_plan.IatiPlanDialog(None, _report(), ""),
    importing.ImportPlanDialog: lambda: importing.ImportPlanDialog(None, _report()),
    keys.KeysDialog: lambda: keys.KeysDialog(None, NAME, _key()),
    keys.RemoveDialog: lambda: keys.RemoveDialog(None, "Key file 1"),
    matching.MatchDialog: _match,
    members.MemberDialog: lambda: members.MemberDialog(None, (_member("Amina", "member-1"),)),
    members.OwnKeyDialog: lambda: members.OwnKeyDialog(None),
    members.PublicKeyDialog: lambda: members.PublicKeyDialog(
        None, "Amina", Identity.generate().recipient().text()
    ),
    merging.ChangedOnDiskDialog: lambda: merging.ChangedOnDiskDialog(None, NAME, readable=True),
    merging.DecideDialog: lambda: _merge(merging.DecideDialog),
    merging.MergeDialog: lambda: _merge(merging.MergeDialog),
    passphrase.NewPassphraseDialog: lambda: passphrase.NewPassphraseDialog(
        None, f"A passphrase for {NAME}", "Save", "It opens the file."
    ),
    passphrase.PassphraseDialog: lambda: passphrase.PassphraseDialog(None, NAME, "Not this one."),
    preferences.PreferencesDialog: lambda: preferences.PreferencesDialog(None, Settings()),
    presenting.PresentDialog: lambda: presenting.PresentDialog(
        None, sample().snapshot(), DAY, "GREEN"
    ),
    purging.PurgeDialog: lambda: purging.PurgeDialog(
        None, NAME, versions=12, checkpoints=3, exports=4
    ),
    recovery.RecoveryDialog: _versions,
    recovery_sheet.SheetDialog: lambda: recovery_sheet.SheetDialog(None, NAME),
    recovery_sheet.TypeBackDialog: lambda: recovery_sheet.TypeBackDialog(
        None, Sheet(NAME, "keys/recovery-1.age", KeyFile.generate())
    ),
    returning.ReturnDialog: _return,
    same_actors.SameActorsDialog: _same,
    sharing.ShareDialog: lambda: sharing.ShareDialog(None, sample().snapshot(), DAY, _parts()),
    strays.StrayDialog: lambda: strays.StrayDialog(None, "Changes of the Mindanao project", 12),
    unsaved.UnsavedDialog: lambda: unsaved.UnsavedDialog(
        None, "Mindanao: the Bangsamoro peace talks", in_file=True
    ),
}
"""How to make one of each kind."""
