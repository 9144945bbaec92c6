"""Files of every released version open for ever, and the documentation tells the truth of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from model.dates import OPEN
from model.records import Actor, Dependency, ExchangeRate, FundingLine, Linkage, OpenConflict
from model.storage import codec, container, migrations
from model.storage.container import SLOT_KINDS
from model.storage.errors import InvalidContent
from model.storage.keys import KeyFile, Passphrase
from model.storage.schema import MAJOR, MINOR
from model.storage.store import OpenedProject, Store
from tests.model.storage.test_oracles import with_terminal

SAMPLES = Path(__file__).parent / "samples"
DOCUMENT = (Path(__file__).parents[3] / "docs" / "file-format.md").read_text("utf-8")
PASSPHRASE = "frozen sample"

needs_tools = pytest.mark.skipif(
    not all(map(shutil.which, ("age", "unzip", "zstd"))), reason="needs age, unzip and zstd"
)


def opened() -> OpenedProject:
    return Store("test").open(SAMPLES / "format-1-0.xtrk", Passphrase(PASSPHRASE))


def test_format_1_0_opens() -> None:
    project = opened()
    actor = project.content["actors"]["a1"]
    assert isinstance(actor, Actor)
    assert actor.name == "Contact group — مجموعة الاتصال"
    assert actor.start is not None
    assert (actor.start.year, actor.start.quarter, actor.start.qualifier) == (2009, 4, "about")
    link = project.content["linkages"]["l1"]
    assert isinstance(link, Linkage)
    assert (link.end, link.bends) == (OPEN, ((1.5, -2.0),))
    line = project.content["funding"]["f1"]
    assert isinstance(line, FundingLine)
    assert line.amount == Decimal("125000.50")
    assert (project.stamp.number, project.app) == (2, "crosstrack 0.1.0")


def test_format_1_0_opens_by_key_file() -> None:
    key = KeyFile.parse((SAMPLES / "format-1-0.key").read_bytes())
    assert Store("test").open(SAMPLES / "format-1-0.xtrk", key).content == opened().content


def test_format_1_1_opens_with_lineage_and_open_conflict() -> None:
    project = Store("test").open(SAMPLES / "format-1-1.xtrk", Passphrase(PASSPHRASE))
    (conflict,) = project.content["conflicts"].values()
    assert isinstance(conflict, OpenConflict)
    assert conflict.candidates == ('"Edited by a colleague"', '"Edited by us"')
    (before,) = project.stamp.ancestors[:1]
    state = project.lineage.state(project.content, before)
    assert state == opened().content
    assert before == opened().stamp.id


def test_format_1_0_is_brought_up_to_date() -> None:
    json = (SAMPLES / "format-1-0.json").read_bytes()
    read = codec.decode(json)
    assert not read.lineage
    again = codec.encode(read.content, read.stamp, read.app, read.extras).json
    assert again == json.replace(b'"minor":0', b'"minor":3')


def test_format_1_1_is_brought_up_to_date() -> None:
    json = (SAMPLES / "format-1-1.json").read_bytes()
    read = codec.decode(json)
    again = codec.encode(read.content, read.stamp, read.app, read.extras, lineage=read.lineage).json
    assert again == json.replace(b'"minor":1', b'"minor":3')


def test_format_1_2_opens_with_dependency() -> None:
    project = Store("test").open(SAMPLES / "format-1-2.xtrk", Passphrase(PASSPHRASE))
    (dependency,) = project.content["dependencies"].values()
    assert isinstance(dependency, Dependency)
    assert (dependency.target_id, dependency.other_id, dependency.lag_days) == ("ms1", "act1", 30)


def test_format_1_2_is_brought_up_to_date() -> None:
    json = (SAMPLES / "format-1-2.json").read_bytes()
    read = codec.decode(json)
    again = codec.encode(read.content, read.stamp, read.app, read.extras, lineage=read.lineage).json
    assert again == json.replace(b'"minor":2', b'"minor":3')


def test_format_1_3_opens_with_exchange_rate() -> None:
    project = Store("test").open(SAMPLES / "format-1-3.xtrk", Passphrase(PASSPHRASE))
    (rate,) = project.content["rates"].values()
    assert isinstance(rate, ExchangeRate)
    assert (rate.currency, rate.into, rate.rate) == ("EUR", "USD", Decimal("1.3285"))


def test_format_1_3_is_still_what_is_written() -> None:
    assert (MAJOR, MINOR) == (1, 3), "a new version needs a frozen sample and a migration"
    json = (SAMPLES / "format-1-3.json").read_bytes()
    read = codec.decode(json)
    assert codec.encode(read.content, read.stamp, read.app, lineage=read.lineage).json == json


def blocks() -> list[str]:
    return re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL)


@pytest.mark.oracle
@needs_tools
@pytest.mark.parametrize("number", [0, 1], ids=["passphrase", "key file"])
def test_documented_commands_work(tmp_path: Path, number: int) -> None:
    shutil.copy(SAMPLES / "format-1-0.xtrk", tmp_path / "project.xtrk")
    shutil.copy(SAMPLES / "format-1-0.key", tmp_path / "my.key")
    script = blocks()[number].replace("unzip ", "unzip -q ")
    if number == 0:
        with_terminal(["sh", "-e", "-c", script], tmp_path, PASSPHRASE)
    else:
        subprocess.run(["sh", "-e", "-c", script], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "project.json").read_bytes() == (SAMPLES / "format-1-0.json").read_bytes()


def test_documented_figures_are_those_of_the_code() -> None:
    for kind in SLOT_KINDS:
        assert f"keys/{kind}-N.age" in DOCUMENT
    assert container.MIMETYPE.decode() in DOCUMENT
    assert f"1 to {container.MAX_SLOTS}, of them at most 4 with a passphrase" in DOCUMENT
    assert container.MAX_BODY == 256 << 20
    assert f'"major": {MAJOR}, "minor": {MINOR}' in DOCUMENT


def test_migrations_run_one_after_the_other() -> None:
    def rename(tree: migrations.Tree) -> migrations.Tree:
        return {"people": tree["persons"]}

    def wrap(tree: migrations.Tree) -> migrations.Tree:
        return {"tables": tree}

    steps = {(0, 1): ((0, 2), rename), (0, 2): ((1, 0), wrap)}
    old = {"persons": [1]}
    assert migrations.migrate(old, (0, 1), (1, 0), steps) == {"tables": {"people": [1]}}
    assert migrations.migrate(old, (0, 2), (1, 0), steps) == {"tables": {"persons": [1]}}
    assert migrations.migrate(old, (1, 0), (1, 0), steps) is old
    assert migrations.migrate(old, (1, 3), (1, 0), steps) is old
    assert old == {"persons": [1]}
    with pytest.raises(InvalidContent, match=r"0\.3"):
        migrations.migrate(old, (0, 3), (1, 0), steps)
