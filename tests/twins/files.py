"""Files of twins, compared byte by byte: ``python -m tests.twins [PAIRS]``.

Each of two processes makes all files of one of the twins: PDF, workbook, CSV, JSON, SVG, PNG,
GraphML, GEXF, calendar, pictures of the timeline, and the plaintext body of a shared copy. The
processes differ in what must not matter either: seed of hashes, time zone, locale, home, umask.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, cast

import msgspec

from desktop.export_worker import Job, work
from desktop.timeline_in_view import for_copy
from exporters import arranged
from exporters.images import png
from exporters.progress import Silent
from exporters.recipes import RECIPES
from exporters.registry import OUTPUT_KINDS
from exporters.request import AS_IN, ExportRequest, Output, TimelineWindow
from exporters.timeline_parts import shown_by
from model.dates import PartialDate
from model.identifiers import CountingIds
from model.redaction import redact
from model.storage import container
from model.storage.bodies import body_json
from model.storage.keys import Passphrase
from model.storage.sharing import share_copy
from model.storage.store import Store
from tests.packs import DAY, document
from tests.twins.pairs import AUDIENCES, make_twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.records import View
    from tests.twins.dressing import Side
    from tests.twins.pairs import Twins

BODY: Final = "shared copy"
_EASY: Final = 10
"""Work factor of the shared copies."""
_UNLIKE: Final = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {
        "PYTHONHASHSEED": "2",
        "TZ": "Asia/Yangon",
        "LC_ALL": "C.UTF-8",
        "LOGNAME": "somebody",
        "LANG": "my_MM",
    },
)


def files_of(pair: Twins, side: Side, folder: Path) -> dict[str, bytes]:
    """All files that an audience gets of one of the twins, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(pair.seed)
    outputs = tuple(Output(kind, str(folder / f"out.{kind}")) for kind in OUTPUT_KINDS)
    request = ExportRequest(
        audience=pair.audience,
        as_of=DAY,
        outputs=outputs,
        language=dice.choice(("en", "fr", "ar")),
        recipe=dice.choice(list(RECIPES.values())),
        timeline=TimelineWindow(grouping=dice.choice(("track", "process"))),
    )
    copy = redact(
        document(side.content),
        pair.audience,
        as_of=PartialDate(year=DAY.year, month=DAY.month, day=DAY.day),
        only=side.only,
        aliases=side.aliases or None,
    )
    holding = sorted(
        (cast("View", one).title, old)
        for new, (table, old) in copy.ids.items()
        if table == "views" and shown_by(cast("View", one := copy.content["views"][new]))
    )
    if holding and dice.random() < 0.7:  # the timeline as in a saved view that may be seen
        recipe = request.recipe.told("timeline", f"{AS_IN}{holding[0][1]}")
        request = msgspec.structs.replace(request, recipe=recipe)
    request = for_copy(request, copy)
    work(copy.content, Job(request, tuple(one.path for one in outputs)), Silent())
    found = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return found | {BODY: _body_of(pair, side, folder)}


def _body_of(pair: Twins, side: Side, folder: Path) -> bytes:
    """What is inside of the sealed copy that an audience gets of one of the twins.

    The encryption is randomised, so it is taken off; random ids are counted.
    """
    aliases = side.aliases or None
    copy = redact(
        document(side.content), pair.audience, id_mark="k7-", only=side.only, aliases=aliases
    )
    store = Store("crosstrack", log_n=_EASY, new_id=CountingIds("n"))
    if not any(copy.content[table] for table in copy.content if table not in {"project", "tracks"}):
        return b"nothing to share"
    secret = Passphrase("a passphrase of tests")
    saved = share_copy(store, None, folder / "copy.xtrk", copy, secret, overwrite=True)
    sealed = (folder / "copy.xtrk").read_bytes()
    return body_json(container.read(sealed), saved.project.key)


@dataclass
class Count:
    """What the comparison came to.

    Attributes:
        pairs: how many twins were compared.
        files: how many pairs of files.
        audiences: pairs by audience.
        differences: (seed, file) of those that were not the same to the byte.
        size: bytes of the files of one side.
    """

    pairs: int = 0
    files: int = 0
    audiences: dict[str, int] = field(default_factory=lambda: dict.fromkeys(AUDIENCES, 0))
    differences: list[tuple[int, str]] = field(default_factory=list)
    size: int = 0


def compare(seeds: Iterable[int], *, loud: bool = False) -> Count:
    """Make and compare the files of the twins of all seeds, in two processes."""
    count = Count()
    with ExitStack() as stack:  # at its end their pipes are closed, which ends them
        makers = [stack.enter_context(_maker(number, one)) for number, one in enumerate(_UNLIKE)]
        for seed in seeds:
            one, other = (_asked(maker, seed) for maker in _told(makers, seed))
            count.pairs += 1
            count.files += len(one | other)
            count.audiences[make_twins(seed).audience] += 1
            count.size += sum(size for size, _digest in one.values())
            unlike = [name for name in sorted(one | other) if one.get(name) != other.get(name)]
            count.differences += [(seed, name) for name in unlike]
            if loud and (unlike or count.pairs % 25 == 0):
                say(f"{count.pairs} pairs, {len(count.differences)} differences {unlike or ''}")
    return count


def _maker(number: int, unlike: Mapping[str, str]) -> subprocess.Popen[str]:
    environment = {**os.environ, **unlike, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.twins", "--side", str(number)]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _told(makers: list[subprocess.Popen[str]], seed: int) -> list[subprocess.Popen[str]]:
    for maker in makers:
        stream = cast("IO[str]", maker.stdin)
        stream.write(f"{seed}\n")
        stream.flush()
    return makers


def _asked(maker: subprocess.Popen[str], seed: int) -> dict[str, tuple[int, str]]:
    line = cast("IO[str]", maker.stdout).readline()
    if not line:
        raise RuntimeError(f"the process that made the files of seed {seed} ended")
    found: Any = json.loads(line)
    return {name: (size, digest) for name, (size, digest) in found.items()}


def make(number: int) -> None:
    """Make the files of one side for every seed that is read; say their sizes and digests."""
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    # Half of the time went into these, and nothing more is tried by them here: looking long for a
    # legible map, and pictures with all the dots that print needs.
    vars(arranged)["_EFFORT"] = 0.2
    vars(png)["_A3_DOTS"] = 1200
    for line in sys.stdin:
        pair = make_twins(int(line))
        with tempfile.TemporaryDirectory(prefix="crosstrack-twins-") as folder:
            files = files_of(pair, (pair.one, pair.other)[number], Path(folder) / "out")
        facts = {
            name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()
        }
        say(json.dumps(facts))
    del application


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
