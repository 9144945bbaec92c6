"""Named refusals: what the software declines to do, with the place and the way out.

A `Refusal` is expected (bad input, a rule of the model); its message is one clear sentence for
a person. `Trouble` is the world misbehaving (disk full, drive gone); its message also says what
is safe. Anything else that is raised is a bug.
"""

from __future__ import annotations


class Refusal(Exception):
    """A request that is declined and has left no trace.

    Args:
        code: stable name of the kind of refusal, for tests and scripts.
        message: one sentence in the user's language that names the place and what to do.
        facts: values behind the message, for machine-readable reports.
    """

    def __init__(self, code: str, message: str, **facts: object) -> None:
        """Keep code, message and facts."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts


class Trouble(Refusal):
    """The outside world failed; what was there before is still there."""
