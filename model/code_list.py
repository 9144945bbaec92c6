"""A closed list of codes with labels, as `model.codes` declares them."""

from __future__ import annotations

from functools import cached_property

import msgspec

from resources.text import in_pack_languages, tr


class Code(msgspec.Struct, frozen=True):
    """One code and its English label."""

    code: str
    label: str


class CodeList(msgspec.Struct, frozen=True, dict=True):
    """A closed list of codes in their natural order."""

    name: str
    entries: tuple[Code, ...]

    @cached_property
    def _places(self) -> dict[object, int]:
        return {entry.code: place for place, entry in enumerate(self.entries)}

    def __contains__(self, code: object) -> bool:
        """Whether the code belongs to the list."""
        return code in self._places

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes in order."""
        return tuple(entry.code for entry in self.entries)

    def label(self, code: str) -> str:
        """The label of a code in the user's language; an unknown code is shown as it is."""
        place = self._places.get(code)
        return code if place is None else tr(self.entries[place].label)

    def code_of(self, label: str) -> str:
        """The code of a label, "" for no label of the list.

        Labels are known in the user's language and in all that packs are made in, since a workbook
        comes back in the language in which it went out.
        """
        for code in self.codes:
            if self.label(code) == label:
                return code
        return self._labelled.get(label, "")

    @cached_property
    def _labelled(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in self.entries:
            for said in in_pack_languages(entry.label):
                found.setdefault(said, entry.code)
        return found

    def rank(self, code: str) -> int:
        """The place of a code in the natural order; unknown codes come last."""
        return self._places.get(code, len(self.entries))


def code_list(name: str, text: str) -> CodeList:
    """A list from lines of the form ``code | Label``."""
    rows = (line.split("|") for line in text.strip().splitlines())
    return CodeList(name, tuple(Code(code.strip(), label.strip()) for code, label in rows))
