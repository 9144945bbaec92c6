"""JSON from files that we did not write ourselves: refused wherever readers could disagree.

Slow (about ten times msgspec); used for files that are not byte for byte what this version would
have written, that is, those of other versions or of other hands.
"""

from __future__ import annotations

import json
import math
from typing import Any, Final, Never

from model.storage.errors import InvalidContent
from resources.text import tr

MAX_DEPTH: Final = 64


def loads(data: bytes) -> Any:
    """Parse JSON.

    Raises:
        InvalidContent: not UTF-8 or not JSON, a name twice in one object, NaN or an infinite
            number, NUL or half a surrogate pair in a text, or nesting too deep to follow.
    """
    try:
        tree = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except RecursionError:
        raise InvalidContent(tr("the content is nested too deeply.")) from None
    except ValueError as error:
        raise InvalidContent(
            tr("the content is not valid JSON ({reason}).", reason=str(error)[:200])
        ) from None
    if b"\\u" in data:
        _check_texts(tree)
    return tree


def check_depth(tree: Any) -> None:
    """Refuse nesting beyond MAX_DEPTH, so that no later step runs out of stack.

    Raises:
        InvalidContent: it is deeper.
    """
    level = [tree]
    for _ in range(MAX_DEPTH):
        dicts = [inner for value in level if isinstance(value, dict) for inner in value.values()]
        lists = [inner for value in level if isinstance(value, list) for inner in value]
        level = dicts + lists
    if level:
        raise InvalidContent(tr("the content is nested too deeply."))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidContent(tr("the name “{name}” stands twice in one object.", name=twice[:60]))
    return made


def _no_constant(text: str) -> Never:
    raise InvalidContent(tr("{text} is not a number that a project can hold.", text=text))


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _no_constant(text[:40])
    return number


def _check_texts(tree: Any) -> None:
    """Look for NUL and lone surrogates, without recursion."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            _check_text(value)
        elif isinstance(value, dict):
            waiting.extend(value.keys())
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _check_text(text: str) -> None:
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InvalidContent(
            tr("a text holds a character that no file can carry (NUL or half a character).")
        )
