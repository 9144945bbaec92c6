"""A row that stands for a record: its sign and name; pressed, it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.common.icons import icon
from widgets.common.rows import RowButton
from widgets.common.symbols import symbol_of

if TYPE_CHECKING:
    from widgets.common.workspace import Key, Workspace


def record_row(workspace: Workspace, key: Key) -> RowButton:
    """The row of a record, which is revealed when it is pressed."""
    document = workspace.document
    name, colour = symbol_of(key[0], document.get(*key), workspace.style)
    row = RowButton(document.name_of(*key), icon(name, colour))
    row.clicked.connect(lambda _=False: workspace.reveal(*key))
    return row
