"""The redacted copy as documented JSON: the same schema as the inside of a project file.

See docs/file-format.md. The stamp is the same in every file, so that it tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.records import TABLES
from model.storage import codec
from model.storage.schema import SaveStamp
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from exporters.progress import Progress
    from exporters.request import Pack
    from model.records import Record

_STAMP: Final = SaveStamp(project="export", id="export")
_APP: Final = "crosstrack"


def document_json(content: Mapping[str, Mapping[str, Record]]) -> bytes:
    """The JSON of a content, on one line."""
    return codec.encode(content, _STAMP, _APP).json


def write_document_json(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the JSON to a path; there is never anything to remark."""
    progress.report(0.0, tr("Writing JSON"))
    path.write_bytes(document_json({table: pack.tables.table(table) for table in TABLES}))
    return ()
