"""One save in a process of its own, for `tests.safety.tracing`: exit code 0 saved, 3 refused."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from model.refusals import Refusal
from model.storage.keys import KeyFile
from model.storage.store import Store
from tests.safety.operations import content_of

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    store = Store("safety", generations=folder / "generations", log_n=10)
    try:
        key = KeyFile.parse((folder.parent / "key.txt").read_bytes())
        saved = store.save(store.open(folder / "p.xtrk", key), content_of("s1"))
    except Refusal:
        os._exit(3)
    os._exit(0 if saved.durable else 4)
