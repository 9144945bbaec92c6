"""Activity files of the IATI standard (versions 1 and 2): XML into plain statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.readers.limits import UnreadableSource, read_bytes
from model.importing.iati_statements import (
    Activity,
    Money,
    MoneyKind,
    Organisation,
    role_code,
)
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from exporters.readers.limits import Limits

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE_TYPES: Final = {
    "start-planned": "1",
    "start-actual": "2",
    "end-planned": "3",
    "end-actual": "4",
}
_TRANSACTIONS: Final[dict[str, MoneyKind]] = {
    "2": "commitments",
    "C": "commitments",
    "11": "commitments",
    "1": "received",
    "IF": "received",
}
_USED: Final = frozenset(
    {
        *("iati-identifier", "reporting-org", "title", "description", "participating-org"),
        *("activity-status", "activity-date", "default-flow-type", "default-finance-type"),
        *("default-aid-type", "default-tied-status", "budget", "planned-disbursement"),
        *("transaction", "conditions"),
    }
)
_EARMARKING_VOCABULARY: Final = "2"


def read_iati(path: Path, limits: Limits, language: str = "en") -> list[Activity]:
    """The activities of a file.

    Args:
        path: the XML file.
        limits: bounds that are held before any work.
        language: which of several wordings is taken; the first where there is none in it.

    Raises:
        UnreadableSource: too large, not XML, with entities, or not a file of activities.
        Trouble: the file is not there or may not be read.
    """
    root = _root(path, limits)
    if root.tag == "codelist":
        raise UnreadableSource(
            path.name,
            tr(
                "it is a list of codes and holds no activities; choose the file of "
                "activities itself"
            ),
        )
    if root.tag != "iati-activities":
        reason = tr(
            "it is XML, but not a file of IATI activities (iati-activities); save it as CSV, "
            "Excel, GraphML or GEXF where it comes from"
        )
        raise UnreadableSource(path.name, reason)
    found = root.findall("iati-activity")
    if not found:
        raise UnreadableSource(path.name, tr("it holds no activity"))
    if len(found) > limits.rows:
        reason = tr("it has more than {limit} activities", limit=limits.rows)
        raise UnreadableSource(path.name, reason)
    return [_activity(element, number, language) for number, element in enumerate(found, 1)]


def _root(path: Path, limits: Limits) -> Element:
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - only needed here

    from defusedxml import DefusedXmlException  # noqa: PLC0415 - the same
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - the same

    data = read_bytes(path, path.name, limits)
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        reason = tr("it declares a document type or entities, which no IATI file does")
        raise UnreadableSource(path.name, reason) from None
    except ParseError as error:
        line, _column = error.position
        raise UnreadableSource(path.name, tr("line {line} is not XML", line=line)) from None
    except (ValueError, LookupError):  # an encoding that is not known
        raise UnreadableSource(path.name, tr("its encoding cannot be read")) from None
    return root


def _activity(element: Element, number: int, language: str) -> Activity:
    currency = element.get("default-currency", "")
    dates: dict[str, str] = {}
    for one in element.findall("activity-date"):
        kind = one.get("type", "")
        dates.setdefault(_DATE_TYPES.get(kind, kind), one.get("iso-date", ""))
    reporter = element.find("reporting-org")
    conditions = element.findall("conditions/condition")
    return Activity(
        number=number,
        identifier=_line(element.findtext("iati-identifier", "")),
        title=_line(_narrative(element.find("title"), language)),
        description="\n\n".join(
            filter(None, (_narrative(one, language) for one in element.findall("description")))
        ),
        status=_code(element, "activity-status"),
        dates=dates,
        reporter=_organisation(reporter, language),
        organisations=tuple(
            found
            for one in element.findall("participating-org")
            if (found := _organisation(one, language)) is not None
        ),
        money=tuple(_money(element, currency, language)),
        conditions="\n".join(filter(None, (_narrative(one, language) for one in conditions))),
        left=tuple(
            str(one.tag) for one in element if isinstance(one.tag, str) and not _is_used(one)
        ),
    )


def _is_used(element: Element) -> bool:
    if element.tag == "transaction":
        return _code(element, "transaction-type") in _TRANSACTIONS
    return ":" in element.tag or "}" in element.tag or element.tag in _USED


def _money(activity: Element, currency: str, language: str) -> list[Money]:
    found = []
    for element in activity:
        kind = _kind(element)
        if kind is None:
            continue
        value = element.find("value")
        start, end = element.find("period-start"), element.find("period-end")
        day = element.find("transaction-date")
        first = day if start is None else start
        is_transaction = element.tag == "transaction"
        found.append(
            Money(
                kind=kind,
                amount=_plain(value),
                currency=(value.get("currency", "") if value is not None else "") or currency,
                start=first.get("iso-date", "") if first is not None else "",
                end=end.get("iso-date", "") if end is not None else "",
                status=element.get("status", ""),
                code=_code(element, "transaction-type")
                if is_transaction
                else _budget_type(element),
                provider=_organisation(element.find("provider-org"), language),
                receiver=_organisation(element.find("receiver-org"), language),
                flow=_own_or_default(element, activity, "flow-type"),
                tied=_own_or_default(element, activity, "tied-status"),
                finance=_own_or_default(element, activity, "finance-type"),
                aid=_aid(element, activity, earmarking=False),
                earmark=_aid(element, activity, earmarking=True),
            )
        )
    return found


def _kind(element: Element) -> MoneyKind | None:
    if element.tag == "budget":
        return "budgets"
    if element.tag == "planned-disbursement":
        return "disbursements"
    if element.tag == "transaction":
        return _TRANSACTIONS.get(_code(element, "transaction-type"))
    return None


def _budget_type(element: Element) -> str:
    return {"original": "1", "revised": "2"}.get(element.get("type", ""), element.get("type", ""))


def _own_or_default(element: Element, activity: Element, name: str) -> str:
    return _code(element, name) or _code(activity, f"default-{name}")


def _aid(element: Element, activity: Element, *, earmarking: bool) -> str:
    """The first code of aid type; those of the earmarking vocabulary are kept apart."""
    for one in (*element.findall("aid-type"), *activity.findall("default-aid-type")):
        if (one.get("vocabulary", "1") == _EARMARKING_VOCABULARY) is earmarking:
            return one.get("code", "")
    return ""


def _organisation(element: Element | None, language: str) -> Organisation | None:
    if element is None:
        return None
    return Organisation(
        ref=_line(element.get("ref", "")),
        name=_line(_narrative(element, language)),
        kind=element.get("type", ""),
        role=role_code(element.get("role", "")),
    )


def _narrative(element: Element | None, language: str) -> str:
    """The wording in a language, else the first; before version 2 it stood in the element."""
    if element is None:
        return ""
    texts = [(one.get(_LANGUAGE, ""), _plain(one)) for one in element.findall("narrative")]
    texts = [pair for pair in texts if pair[1]]
    if not texts:
        return _plain(element)
    wanted = next((text for code, text in texts if code[:2] == language), "")
    unmarked = next((text for code, text in texts if not code), "")
    return wanted or unmarked or texts[0][1]


def _code(element: Element, name: str) -> str:
    found = element.find(name)
    return found.get("code", "").strip() if found is not None else ""


def _plain(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _line(text: str) -> str:
    return " ".join(text.split())
