"""What can be wrong with a sealed file: one class for each thing a person would do differently.

The sentences are complete by themselves; `StorageRefusal.at` puts the name of the file in front.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from model.refusals import Refusal, Trouble
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
from contextlib import contextmanager


class StorageRefusal(Refusal):
    """A file, a part of a file or a secret that is not accepted.

    Args:
        sentence: what is wrong and what to do, without the name of the file.
        facts: values behind the sentence.
    """

    kind: ClassVar[str] = "storage"

    def __init__(self, sentence: str, **facts: object) -> None:
        """Keep the sentence, and use it as the message until a place is known."""
        super().__init__(self.kind, sentence, **facts)
        self.sentence = sentence

    def at(self, place: str) -> Self:
        """Return the same refusal with the place in front of the sentence."""
        if "place" in self.facts:
            return self
        located = type(self)(self.sentence, **{**self.facts, "place": place})
        located.message = tr("{place}: {sentence}", place=place, sentence=self.sentence)
        located.args = (located.message,)
        return located


class NotAnAgeFile(StorageRefusal):
    """The bytes do not begin like an age file of version 1."""

    kind = "not-an-age-file"


class NotAProject(StorageRefusal):
    """The file is something else than a Crosstrack project."""

    kind = "not-a-project"


class Damaged(StorageRefusal):
    """The file began as the right thing but has been changed, cut short or spoilt since.

    The fact ``part`` names where: a member of the container, or "header", "mac", "payload".
    """

    kind = "damaged"


class WrongPassphrase(StorageRefusal):
    """The file is whole, and this is not its passphrase."""

    kind = "wrong-passphrase"


class WrongKey(StorageRefusal):
    """The file is whole, and this key does not open it."""

    kind = "wrong-key"


class BadSecret(StorageRefusal):
    """A passphrase or key file that cannot be used at all, whatever the project."""

    kind = "bad-secret"


class TooCostly(StorageRefusal):
    """Opening would take more time or memory than any honest file asks for."""

    kind = "too-costly"


class TooLarge(StorageRefusal):
    """A part is larger than this format allows."""

    kind = "too-large"


class TooNew(StorageRefusal):
    """The file was written by a later version whose files this one must not touch."""

    kind = "too-new"


class InvalidContent(StorageRefusal):
    """The content does not fit the record tables; facts: table, record, field."""

    kind = "invalid-content"


class ChangedOnDisk(StorageRefusal):
    """The file is not the one that was read last; nothing has been overwritten.

    Facts: ``missing`` where it is gone, ``busy`` where another program is just writing it.
    """

    kind = "changed-on-disk"


class AlreadyThere(StorageRefusal):
    """A new file would have replaced an existing one."""

    kind = "already-there"


class SaveTrouble(Trouble):
    """Saving failed in the outside world; the message says what is safe.

    Facts: ``step`` (what was being done), ``errno``, ``name`` of the file and ``why`` in words.
    """


@contextmanager
def located(place: str, unreadable: Callable[[OSError], Trouble] | None = None) -> Iterator[None]:
    """Name the place in every storage refusal that passes, and turn OS errors into trouble."""
    try:
        yield
    except StorageRefusal as refusal:
        raise refusal.at(place) from refusal
    except OSError as error:
        if unreadable is None:
            raise
        raise unreadable(error) from error
