from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from model.dates import PartialDate
from model.records import Actor, Linkage, Project
from model.storage.store import Store
from tests.model.storage.helpers import TEST_LOG_N

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.codec import Content


@pytest.fixture
def content() -> Content:
    actors = [
        Actor(id="a1", name="Contact group — مجموعة", tracks=("T1",), start=PartialDate(year=2009)),
        Actor(id="a2", name="=Women's council", notes='two\nlines "quoted"'),
    ]
    return {
        "project": {"project": Project(id="project", title="Test")},
        "actors": {actor.id: actor for actor in actors},
        "linkages": {"l1": Linkage(id="l1", from_id="a1", to_id="a2")},
    }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store("crosstrack test", generations=tmp_path / "generations", log_n=TEST_LOG_N)
