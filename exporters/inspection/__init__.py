"""The document inspector: every export is opened again and held against what may be in it.

It shares no code with the writers. Whatever is not on the list stops the export, even if it seems
harmless: a list of known dangers would always be one short.
"""

from __future__ import annotations

from exporters.inspection.check import findings_in
from exporters.inspection.secrets import secrets_in, secrets_of

__all__ = ["findings_in", "secrets_in", "secrets_of"]
