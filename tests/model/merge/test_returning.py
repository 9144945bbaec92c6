"""Shared copies that come back: what was changed in them comes home, and nothing else happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.commands.exports import record_export
from model.document import Document
from model.integrity import check_content
from model.merge.copies import plan_merge
from model.merge.lineage import Copy
from model.merge.resolving import resolve
from model.merge.returning import export_behind, returned
from model.merge.threeway import merge
from model.records import Actor, Linkage, Note, Placement, Process, Record, Source
from model.redaction import redact
from model.refusals import Refusal
from model.storage import container, padding
from model.storage.keys import KeyFile, Passphrase
from model.storage.lineage import Lineage
from model.storage.schema import SaveStamp
from model.storage.sharing import share_copy
from model.storage.store import OpenedProject, Store
from tests.builders import a_project
from tests.examples import examples
from tests.packs import document as documented
from tests.secret_pairs import pairs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from model.document import Content

OURS, THEIRS = KeyFile.generate(), Passphrase("for the road: nine mild onions")
SECRET = "a name that must not travel"


def _project() -> Content:
    document = a_project().actor("a", name="Elders").actor("b", name="Council").document()
    with document.edit("More") as edit:
        edit.put("actors", Actor(id="x", name=SECRET, tlp="RED"))
        edit.put("linkages", Linkage(id="l", from_id="a", to_id="b", tlp="GREEN"))
        edit.put(
            "processes",
            Process(id="p", name="Talks", tlp="GREEN", lead_id="x", party_ids=("a", "x")),
        )
        edit.put("notes", Note(id="n", text="Hm", tlp="GREEN", source_ids=("s",)))
        edit.put("sources", Source(id="s", title=SECRET, tlp="RED"))
        edit.put("placements", Placement(id="a", x=1.0, y=2.0))
        for one in ("a", "b"):
            actor = document.actors[one]
            edit.put("actors", msgspec.structs.replace(actor, tlp="GREEN", notes="as it was"))
    return document.content()


class Sender:
    """The project, and the copy that was made from it."""

    def __init__(self, folder: Path) -> None:
        self.store = Store("test", generations=folder / "ours", log_n=10)
        self.other = Store("test", generations=folder / "theirs", log_n=10)
        self.folder = folder
        self.document = Document(_project())
        self.project = self.store.create(
            folder / "ours.xtrk", self.document.content(), OURS
        ).project
        copy = redact(self.document, "GREEN", id_mark="k-")
        saved = share_copy(self.store, self.project, folder / "copy.xtrk", copy, THEIRS)
        record_export(self.document, copy, copy_id=saved.project.stamp.id)
        self.id_there = {old: new for new, (_table, old) in copy.ids.items()}

    def open_copy(self) -> OpenedProject:
        return self.other.open(self.folder / "copy.xtrk", THEIRS)

    def edit_there(self, *records: tuple[str, Record], gone: tuple[str, ...] = ()) -> None:
        project = self.open_copy()
        content = {table: dict(some) for table, some in project.content.items()}
        for table, record in records:
            content[table][record.id] = record
        for some in content.values():
            for one in gone:
                some.pop(self.id_there.get(one, one), None)
        self.other.save(project, content)

    def there(self, table: str, our_id: str, **fields: Any) -> tuple[str, Record]:
        record = self.open_copy().content[table][self.id_there[our_id]]
        return table, msgspec.structs.replace(record, **fields)

    def edit_here(self, table: str, record_id: str, **fields: Any) -> None:
        with self.document.edit("Here") as edit:
            edit.change(table, record_id, **fields)

    def merge(self) -> list[tuple[str, str, str]]:
        """Merge the copy; returns what was asked about."""
        plan = plan_merge(self.store, self.project, self.document.content(), self.open_copy())
        assert plan.shared_for == "GREEN"
        patch = resolve(self.document, plan, {}, "Merge")
        if patch.changes:
            self.document.apply(patch)
        check_content(self.document.content())
        return [one.key for one in plan.to_decide]


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    return Sender(tmp_path)


def test_the_copy_holds_no_past_and_no_trace_of_what_was_withheld(sender: Sender) -> None:
    copy = sender.open_copy()
    assert copy.stamp.number == 1
    assert not copy.stamp.ancestors
    assert not copy.lineage
    assert copy.stamp.project != sender.project.stamp.project
    assert not copy.content["exports"]
    data = (sender.folder / "copy.xtrk").read_bytes()
    parts = container.read(data)
    assert SECRET.encode() not in padding.unpack(copy.key.unseal(parts.body), 10**7)
    with pytest.raises(Refusal):
        sender.store.open(sender.folder / "copy.xtrk", OURS)


def test_an_untouched_copy_brings_nothing(sender: Sender) -> None:
    before = sender.document.content()
    assert sender.merge() == []
    assert sender.document.content() == before


def test_what_was_changed_and_added_comes_home(sender: Sender) -> None:
    ours = sender.document
    sender.edit_there(
        sender.there("actors", "a", notes="seen on the road"),
        ("actors", Actor(id="new", name="Youth", tlp="GREEN")),
        ("linkages", Linkage(id="nl", from_id="new", to_id=sender.id_there["b"], tlp="GREEN")),
        ("placements", Placement(id="new", x=5.0)),
        ("placements", Placement(id=sender.id_there["a"], x=99.0)),
    )
    assert sender.merge() == []
    assert ours.actors["a"].notes == "seen on the road"
    assert ours.linkages["nl"].to_id == "b"
    assert ours.placements["new"].x == 5.0
    assert ours.placements["a"].x == 1.0  # where our card lies is ours
    assert ours.processes["p"].lead_id == "x"  # was withheld, so its absence says nothing
    assert ours.notes["n"].source_ids == ("s",)


def test_lists_that_were_cut_for_the_audience_come_together(sender: Sender) -> None:
    sender.edit_there(sender.there("processes", "p", party_ids=(sender.id_there["b"],)))
    assert sender.merge() == []
    assert set(sender.document.processes["p"].party_ids) == {"b", "x"}


def test_a_second_merge_brings_nothing_more(sender: Sender) -> None:
    sender.edit_there(sender.there("actors", "a", notes="seen"), gone=("n",))
    assert sender.merge() == [("notes", "n", "")]
    before = sender.document.content()
    assert sender.merge() == [("notes", "n", "")]
    assert sender.document.content() == before


def test_the_same_field_changed_here_and_there_is_asked(sender: Sender) -> None:
    sender.edit_here("actors", "a", notes="from here")
    sender.edit_there(sender.there("actors", "a", notes="from there", needs="water"))
    assert sender.merge() == [("actors", "a", "notes")]
    assert sender.document.actors["a"].notes == "from here"
    assert sender.document.actors["a"].needs == "water"


def test_what_was_written_where_something_was_withheld_is_asked(sender: Sender) -> None:
    sender.edit_there(sender.there("processes", "p", lead_id=sender.id_there["b"]))
    assert sender.merge() == [("processes", "p", "lead_id")]
    assert sender.document.processes["p"].lead_id == "x"


def test_a_removal_is_taken_where_the_copy_held_all_and_asked_elsewhere(sender: Sender) -> None:
    sender.edit_there(gone=("l", "n"))
    assert sender.merge() == [("notes", "n", "")]  # here it has a source that was withheld
    assert "l" not in sender.document.linkages
    assert "n" in sender.document.notes


def test_what_was_removed_here_stays_removed_unless_it_was_changed_there(sender: Sender) -> None:
    with sender.document.edit("Remove") as edit:
        edit.remove("linkages", "l")
        edit.remove("notes", "n")
    sender.edit_there(sender.there("notes", "n", text="Hm, indeed"))
    assert sender.merge() == [("notes", "n", "")]
    assert "l" not in sender.document.linkages
    assert sender.document.notes["n"].text == "Hm, indeed"


def test_a_copy_that_was_kept_under_another_name_is_recognised(
    sender: Sender, tmp_path: Path
) -> None:
    """Such a copy has lost how it was shared: every difference is asked about, nothing lost."""
    sender.edit_there(sender.there("actors", "a", notes="seen"))
    kept = sender.open_copy()
    sender.other.save_copy(
        kept, tmp_path / "copy.xtrk", kept.content, secret=THEIRS, overwrite=True
    )
    before = sender.document.content()
    assert sender.merge() == [("actors", "a", "notes")]
    now = sender.document.content()
    assert {t: some for t, some in now.items() if t != "conflicts"} == {
        t: some for t, some in before.items() if t != "conflicts"
    }


def test_the_project_itself_is_never_replaced_by_its_copy(sender: Sender) -> None:
    copy = redact(sender.document, "GREEN")
    before = sender.project.path.read_bytes()
    with pytest.raises(Refusal, match="the project itself"):
        share_copy(sender.store, sender.project, sender.project.path, copy, THEIRS, overwrite=True)
    none = redact(sender.document, "GREEN", only=())
    with pytest.raises(Refusal, match="Nothing is left"):
        share_copy(sender.store, sender.project, sender.folder / "no.xtrk", none, THEIRS)
    assert sender.project.path.read_bytes() == before
    assert not (sender.folder / "no.xtrk").exists()


def _body(content: Content, audience: str, folder: Path, name: str) -> bytes:
    """The plaintext body of a shared copy, with random ids that count instead."""
    numbers = iter(range(100))
    store = Store("test", log_n=10, new_id=lambda: f"i{next(numbers)}")
    copy = redact(documented(content), audience, id_mark="k-")
    saved = share_copy(store, None, folder / name, copy, OURS, overwrite=True)
    parts = container.read((folder / name).read_bytes())
    return saved.project.key.unseal(parts.body)


@settings(max_examples=examples(30), deadline=None)
@given(pairs())
def test_bodies_of_projects_that_differ_in_what_is_withheld_are_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, pair: tuple[Content, Content, str]
) -> None:
    one, other, audience = pair
    folder = tmp_path_factory.mktemp("share")
    assert _body(one, audience, folder, "one") == _body(other, audience, folder, "other")


_FIELDS = st.dictionaries(
    st.sampled_from(["notes", "needs", "interests"]), st.sampled_from(["", "one", "two"])
)


@settings(max_examples=examples(40), deadline=None)
@given(pairs(), st.data())
def test_every_change_in_a_copy_comes_home_or_is_asked(
    pair: tuple[Content, Content, str], data: st.DataObject
) -> None:
    """Law: with ours unchanged, all that was written there is ours afterwards, and no more."""
    content, _other, audience = pair
    document = documented(content)
    ours = document.content()
    copy = redact(document, audience, id_mark="k-")
    record_export(document, copy, copy_id="first")
    now: dict[str, dict[str, Record]] = {t: dict(some) for t, some in copy.content.items()}
    wrote: dict[str, Mapping[str, str]] = {}
    for one in copy.content["actors"].values():
        fields = data.draw(_FIELDS)
        wrote[copy.ids[one.id][1]] = fields
        now["actors"][one.id] = msgspec.structs.replace(one, **fields)
    stamp = SaveStamp("copy", "second", 2, ("first",))
    lineage = Lineage().with_checkpoint("first").after(copy.content, now, "first", "second")
    theirs = Copy(stamp, lineage, now)
    run = export_behind(document.content(), theirs)
    assert run is not None
    states = returned(document.content(), run, theirs)
    plan = merge(states.base, document.content(), states.theirs)
    assert not plan.conflicts
    result = plan.applied_to(document.content())
    check_content(result)
    for record_id, actor in ours["actors"].items():
        expected = msgspec.structs.replace(actor, **wrote.get(record_id, {}))
        assert result["actors"][record_id] == expected
    for table in set(ours) - {"actors", "exports"}:
        assert result[table] == ours[table]
