"""Everything that can be reached from an object, followed through all objects."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator


def reached(root: object) -> Iterator[object]:
    """Each object once.

    The variables of modules belong to the process: among them are caches, of regular expressions
    for instance, that hold what earlier tests have looked for.
    """
    todo = [root]
    seen = {id(vars(module)) for module in list(sys.modules.values()) if module is not None}
    while todo:
        one = todo.pop()
        if id(one) in seen or isinstance(one, type) or type(one).__name__ == "module":
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, msgspec.Struct):
            todo += [getattr(one, name) for name in one.__struct_fields__]
        elif not callable(one) or hasattr(one, "__closure__"):
            todo += gc.get_referents(one)
