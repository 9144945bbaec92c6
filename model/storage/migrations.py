"""Steps from older versions of the schema to the present one.

Each step is a pure function from the whole JSON tree to a new tree and is registered under the
version that it starts from. Every version ever released stays readable; its frozen sample lies in
tests/model/storage/samples.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from model.storage.errors import InvalidContent
from resources.text import tr

Version = tuple[int, int]
Tree = dict[str, Any]
Step = Callable[[Tree], Tree]


def _as_it_is(tree: Tree) -> Tree:
    """What each only added.

    1.1 brought ``lineage`` and ``conflicts``, 1.2 ``dependencies``, 1.3 ``members``, ``rates``,
    ``divider_tests`` and ``recipes``; 1.2 and 1.3 some fields, too.
    """
    return tree


STEPS: Final[Mapping[Version, tuple[Version, Step]]] = {
    (1, 0): ((1, 1), _as_it_is),
    (1, 1): ((1, 2), _as_it_is),
    (1, 2): ((1, 3), _as_it_is),
}
"""Version a step starts from, to the version it leads to and the step; 1.0 was the first."""


def migrate(
    tree: Tree,
    found: Version,
    wanted: Version,
    steps: Mapping[Version, tuple[Version, Step]] = STEPS,
) -> Tree:
    """Return the tree as the wanted version would have written it.

    Raises:
        InvalidContent: no chain of steps leads from the version found to the one wanted.
    """
    version = found
    while version < wanted:
        if version not in steps:
            raise InvalidContent(
                tr(
                    "it claims format {major}.{minor}, which was never released.",
                    major=found[0],
                    minor=found[1],
                )
            )
        version, step = steps[version]
        tree = step(tree)
    return tree
