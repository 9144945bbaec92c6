"""The sample projects: what they are called, and how a fresh copy of one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from model.refusals import Refusal
from resources import locate
from resources.text import tr

if TYPE_CHECKING:
    from model.document import Content


class Sample(NamedTuple):
    """A shipped sample.

    Attributes:
        name: as the command line takes it; also the file's name.
        label: its title, in English; show it through `title`.
        about: one sentence on what it shows, in English; show it through `sentence`.
    """

    name: str
    label: str
    about: str

    @property
    def title(self) -> str:
        """The title in the user's language."""
        return tr(self.label)

    @property
    def sentence(self) -> str:
        """What it shows, in the user's language."""
        return tr(self.about)


SAMPLES: Final = (
    Sample(
        "mindanao",
        "Mindanao: talks with an International Contact Group",
        "Malaysia facilitates, four states and four organisations support it; as of February 2013.",
    ),
    Sample(
        "myanmar",
        "Myanmar: several envoys, no agreed lead",
        "A relapse after an agreement and parallel contacts of five envoys; as of March 2023.",
    ),
    Sample(
        "mali",
        "Mali: two processes at once",
        "The Algiers agreement and a transition after coups; linkages and funding are not "
        "recorded; as of September 2022.",
    ),
)


def load_sample(name: str) -> Content:
    """A fresh copy of a sample's tables.

    Raises:
        Refusal: there is no such sample; the known ones are named.
    """
    known = [sample.name for sample in SAMPLES]
    if name not in known:
        message = tr(
            "There is no sample “{name}”; the samples are {known}.",
            name=name[:40],
            known=", ".join(known),
        )
        raise Refusal("no-sample", message, known=known)
    from model.storage import codec  # noqa: PLC0415 - the start page only lists samples

    return codec.decode(locate("samples", f"{name}.json").read_bytes()).content


def sample_title(name: str) -> str:
    """The title of a sample in the user's language; the name itself where there is none."""
    return next((sample.title for sample in SAMPLES if sample.name == name), name)
