"""The version of the program."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as distribution_version

_FALLBACK = "0.1.0"


def version() -> str:
    """The version that is installed; that of the source where it is not installed."""
    try:
        return distribution_version("crosstrack")
    except PackageNotFoundError:
        return _FALLBACK


def app_name() -> str:
    """Name and version as written into project files."""
    return f"crosstrack {version()}"
