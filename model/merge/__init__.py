"""Bringing two copies of a project together: by id and field, from the save they have in common.

`lineage` finds that save, `threeway` plans the merge, `resolving` turns plan and choices into one
patch. No clock decides anything.
"""

from __future__ import annotations
