"""The redacted copy as documented JSON: the same schema as the inside of a project file.

See docs/file-format.md. The stamp is the same in every file, so that it tells nothing. Beside the
tables stand the labels of all codes, so that nobody has to guess what `public_memory` means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from exporters.statements import DATA_TABLES
from model.fields import FIELDS
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
    whole = codec.encode(content, _STAMP, _APP).json
    labels = msgspec.json.encode(code_labels())
    return b"".join([whole[:-1], b',"labels":', labels, b"}"])


def code_labels() -> dict[str, dict[str, dict[str, str]]]:
    """What the codes mean: by table, field and code, in the language of the export."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for table, specs in FIELDS.items():
        for name, spec in specs.items():
            if spec.codes is not None and table in DATA_TABLES:
                meant = {code: spec.codes.label(code) for code in spec.codes.codes}
                found.setdefault(table, {})[name] = meant
    return found


def write_document_json(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the JSON to a path; there is never anything to remark."""
    progress.report(0.0, tr("Writing JSON"))
    path.write_bytes(document_json({table: pack.tables.table(table) for table in TABLES}))
    return ()
