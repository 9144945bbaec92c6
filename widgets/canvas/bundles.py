"""Parallel lines of a pair of cards, shown from afar as one line with their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.drawing.parts import Link
    from model.drawing.scene import MapScene


class Bundles:
    """Which lines stand for several; reckoned when first asked for after a change."""

    def __init__(self, scene: MapScene) -> None:
        """Start without any."""
        self._scene = scene
        self._leaders: dict[str, int] | None = None
        self._led: set[str] = set()
        self._middles: dict[str, tuple[float, float]] = {}

    def forget(self) -> None:
        """Lines have changed."""
        self._leaders = None
        self._middles.clear()

    def is_led(self, link_id: str) -> bool:
        """Whether another line stands for this one."""
        self._leading()
        return link_id in self._led

    def count(self, link: Link) -> int:
        """For how many linkages a line stands."""
        return self._leading().get(link.id, 1)

    def middle(self, link: Link) -> tuple[float, float]:
        """Where the number of a line goes."""
        found = self._middles.get(link.id)
        if found is None:
            found = self._middles[link.id] = link.route.at(0.5)
        return found

    def _leading(self) -> dict[str, int]:
        if self._leaders is None:
            pairs: dict[tuple[str, str], list[Link]] = {}
            for link in self._scene.links.values():
                low, high = sorted((link.from_id, link.to_id))
                pairs.setdefault((low, high), []).append(link)
            self._leaders, self._led = {}, set()
            for links in pairs.values():
                total = sum(max(1, len(link.bundle)) for link in links)
                if total < 2:
                    continue
                # The one in the middle of the fan is nearest to the straight way.
                order = sorted(links, key=lambda link: link.id)
                middle = order[(len(order) - 1) // 2]
                # That two are to be kept apart must not hide behind what else is between them.
                apart = (link for link in order if link.content.state == "keep_apart")
                leader = next(apart, middle)
                self._leaders[leader.id] = total
                self._led.update(link.id for link in links if link is not leader)
        return self._leaders
