"""The version of the program."""

from __future__ import annotations

_FALLBACK = "0.1.0"


def version() -> str:
    """The version that is installed; that of the source where it is not installed."""
    # Finding out what is installed brings half the library along: not before the first window.
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415
    from importlib.metadata import version as distribution_version  # noqa: PLC0415

    try:
        return distribution_version("crosstrack")
    except PackageNotFoundError:
        return _FALLBACK


def app_name() -> str:
    """Name and version as written into project files."""
    return f"crosstrack {version()}"
