"""The sealed project file: format, keys, safe saving, and the draft journal.

`model.storage.store` is the only door for the rest of the application; docs/file-format.md
describes what is on disk.
"""

from __future__ import annotations
