"""Groups on the map: made from the selection, filled, collapsed, renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.groups import add_members, make_group, remove_members, set_collapsed
from model.commands.records import set_fields

if TYPE_CHECKING:
    from model.records import Group
    from widgets.canvas.commands import MapCommands
    from widgets.common.workspace import Key


class GroupEdits:
    """Commands on the groups of a canvas."""

    def __init__(self, canvas: MapCommands) -> None:
        """Work for a canvas."""
        self._canvas = canvas

    def make(self) -> None:
        """Outline the selected actors as a group, and let it be named."""
        workspace, ids = self._canvas.workspace, self._canvas.workspace.selected("actors")
        made = workspace.attempt(lambda: make_group(workspace.document, ids))
        if made is not None:
            workspace.select([("groups", made.id)])
            self._canvas.rename(made.id)

    def of(self, actor_id: str) -> list[Group]:
        """The groups made by hand that an actor is in."""
        groups = self._canvas.workspace.document.groups.values()
        return [group for group in groups if actor_id in group.member_ids]

    def add_to(self, group_id: str) -> None:
        """Take the selected actors into a group."""
        workspace, ids = self._canvas.workspace, self._canvas.workspace.selected("actors")
        workspace.attempt(lambda: add_members(workspace.document, group_id, ids))

    def leave(self, group_id: str) -> None:
        """Let the selected actors leave a group."""
        workspace, ids = self._canvas.workspace, self._canvas.workspace.selected("actors")
        workspace.attempt(lambda: remove_members(workspace.document, group_id, ids))

    def collapsible(self) -> Key | None:
        """The selected group or contact group, when it can be collapsed or is."""
        for key in self._canvas.workspace.selection:
            if key[0] == "groups" or key in self._canvas.scene.outlines or self.is_collapsed(key):
                return key
        return None

    def is_collapsed(self, key: Key) -> bool:
        """Whether a group is shown as one card now."""
        card = self._canvas.scene.cards.get(key[1])
        return card is not None and bool(card.members)

    def toggle(self) -> None:
        """Collapse the selected group to one card, or show its members again."""
        key, workspace = self.collapsible(), self._canvas.workspace
        if key is not None:
            wanted = not self.is_collapsed(key)
            workspace.attempt(lambda: set_collapsed(workspace.document, *key, collapsed=wanted))

    def renamed(self, group_id: str, text: str) -> None:
        """Give a group another name."""
        workspace, name = self._canvas.workspace, " ".join(text.split())
        group = workspace.document.groups.get(group_id)
        if group is not None and name and name != group.label:
            workspace.attempt(
                lambda: set_fields(workspace.document, "groups", [group_id], {"label": name})
            )
