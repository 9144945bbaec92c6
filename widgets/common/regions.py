"""Countries (ISO 3166-1) and currencies (ISO 4217) by code, loaded when first asked for."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1)
def country_choices() -> dict[str, str]:
    """Alpha-3 code to English name."""
    import pycountry  # noqa: PLC0415 - its tables take a while; most sessions never need them

    return {str(one.alpha_3): str(one.name) for one in pycountry.countries}


@lru_cache(maxsize=1)
def currency_choices() -> dict[str, str]:
    """Code to English name."""
    import pycountry  # noqa: PLC0415 - its tables take a while; most sessions never need them

    return {str(one.alpha_3): str(one.name) for one in pycountry.currencies}
