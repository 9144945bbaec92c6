"""What other programs call tables and columns, and how their words for codes are understood."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from model.fields import FIELDS, TABLE_SPECS
from resources.text import in_pack_languages

if TYPE_CHECKING:
    from model.code_list import CodeList

TARGETS: Final = (
    "actors",
    "linkages",
    "processes",
    "phases",
    "milestones",
    "activities",
    "postings",
    "mandates",
    "funding",
    "signals",
    "sources",
    "decisions",
    "notes",
)
"""Tables that foreign rows can become."""

_TABLE_WORDS: Final = {
    "actors": "actor actors element elements node nodes organisation organisations organization "
    "organizations stakeholder stakeholders party parties mission missions group groups entities",
    "linkages": "linkage linkages connection connections edge edges link links relationship "
    "relationships relation relations ties",
    "processes": "process processes dialogue dialogues",
    "phases": "phase phases period periods episodes",
    "milestones": "milestone milestones event events agreements",
    "activities": "activity activities action actions meetings projects",
    "postings": "posting postings people staff positions contacts envoys",
    "mandates": "mandate mandates",
    "funding": "funding grants grant budget budgets donations contributions",
    "sources": "source sources references bibliography",
    "decisions": "decision decisions",
    "signals": "signal signals statements",
    "notes": "note notes",
}
_EVERYWHERE: Final = {
    "id": "id uid key identifier guid",
    "notes": "notes note description comment comments remark remarks details annotation",
    "source_ref": "source reference references url link citation sourceref web website",
    "tlp": "tlp classification marking label_tlp",
    "start": "start startdate begin begindate from_date datefrom since founded established "
    "inception starts started fromdate validfrom",
    "end": "end enddate finish until dateto dissolved closed ends ended todate validto ependdate",
}
_COLUMN_WORDS: Final[dict[str, dict[str, str]]] = {
    "actors": {
        "id": "actorid nodeid elementid organisationid orgid missionid code",
        "name": "name label title organisation organization actor missionname fullname namedata "
        "element node entity stakeholder nameoforganisation actorname nodelabel orgname",
        "short_name": "acronym abbreviation shortname abbr initials short",
        "other_names": "aka alias aliases othernames alternativenames nameorig akas formernames",
        "kind": "type kind category class actortype elementtype orgtype organisationtype",
        "country": "country iso3 countrycode countryiso3 iso location nation",
        "tracks": "track tracks",
        "parent_id": "parent partof memberof parentid umbrella",
        "level": "level",
        "interests": "interests interest",
        "positions": "positions position",
        "needs": "needs need",
        "fears": "fears",
    },
    "linkages": {
        "id": "edgeid linkid connectionid",
        "from_id": "from source sourceid fromid fromactor sidea actor1 origin sourcelabel "
        "fromname sender partya",
        "to_id": "to target targetid toid toactor sideb actor2 destination targetlabel "
        "toname receiver partyb",
        "kind": "type kind relationship relation linktype connectiontype label category "
        "relationtype interaction",
        "direction": "direction directed",
        "strength": "strength",
        "rationale": "reason rationale why purpose",
        "status": "status",
    },
    "processes": {
        "name": "name process title label dialogue",
        "lead_id": "lead mediator facilitator leadactor",
        "party_ids": "parties conflictparties",
    },
    "phases": {"label": "label name phase title period", "kind": "type kind",
               "process_id": "process"},
    "milestones": {
        "label": "label name event title milestone agreement",
        "date": "date day when eventdate datesigned dateagreement",
        "kind": "type kind",
        "process_id": "process",
    },
    "activities": {
        "title": "title activity name event label meeting project",
        "kind": "type kind category",
        "lead_id": "lead organiser organizer implementer leadactor host organisation",
        "participant_ids": "participants participant attendees partners",
        "process_id": "process",
        "place": "place location venue city where",
        "status": "status state",
    },
    "postings": {
        "office": "office position post role title function job",
        "holder": "holder name person incumbent contact",
        "institution_id": "institution organisation organization employer actor",
    },
    "mandates": {
        "holder_id": "holder actor organisation organization mission",
        "issuer_id": "issuer issuedby",
        "text_reference": "text reference resolution mandate title",
    },
    "funding": {
        "donor_id": "donor funder source contributor from provider",
        "recipient_id": "recipient implementer grantee to receiver beneficiary",
        "amount": "amount value total budget sum commitment disbursement usd eur",
        "currency": "currency",
        "status": "status",
        "conditions": "conditions",
    },
    "sources": {"title": "title name source", "kind": "type kind",
                "reference": "url reference link", "date": "date published"},
    "decisions": {"title": "title decision", "date": "date", "decided_by": "decidedby by",
                  "reason": "reason why"},
    "signals": {"text": "text statement signal quote", "actor_id": "actor speaker who",
                "date": "date day"},
    "notes": {"text": "text note", "date": "date"},
}  # fmt: skip
_CODE_WORDS: Final[dict[str, dict[str, str]]] = {
    "actor_kind": {
        "government": "state",
        "country": "state",
        "ngo": "national_ngo",
        "international ngo": "ingo",
        "igo": "other_igo",
        "international organisation": "other_igo",
        "un": "un_body",
        "un agency": "un_body",
        "rebel group": "armed_group",
        "non state armed group": "armed_group",
        "military": "armed_forces",
        "army": "armed_forces",
        "police": "armed_forces",
        "church": "faith_actor",
        "religious": "faith_actor",
        "women": "womens_organisation",
        "youth": "youth_organisation",
        "business": "private_sector",
        "company": "private_sector",
        "donor": "funding_body",
        "university": "research_body",
        "think tank": "research_body",
        "party": "political_party",
        "mission": "peace_operation",
        "embassy": "diplomatic_mission",
    },
    "linkage_kind": {
        "conflict": "adversarial",
        "ally": "alliance",
        "allied": "alliance",
        "funds": "funding",
        "member of": "membership",
        "works with": "coordination",
        "cooperation": "coordination",
        "communication": "communication_channel",
    },
    "direction": {
        "undirected": "undirected",
        "mutual": "undirected",
        "both": "undirected",
        "both ways": "undirected",
        "yes": "directed",
        "true": "directed",
        "no": "undirected",
        "false": "undirected",
    },
    "track": {
        "track 1": "T1",
        "track 1 5": "T1.5",
        "track i 5": "T1.5",
        "track 2": "T2",
        "track 3": "T3",
        "track iii": "T3",
        "1": "T1",
        "2": "T2",
        "3": "T3",
    },
}
_LIKE: Final = 90.0


def squeezed(text: str) -> str:
    """Letters and digits only, small: how headers are compared."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in apart if not unicodedata.combining(one)).casefold()
    return re.sub(r"[^\w]|_", "", bare)


def spaced(text: str) -> str:
    """Small words with single blanks between: how values are compared."""
    return " ".join(re.findall(r"\w+", text.replace("_", " ").casefold()))


def table_of_name(name: str) -> str:
    """The table that a sheet, file or list of this name holds; "" where that is not clear."""
    words = {squeezed(word) for word in re.split(r"[\W_]+", name)} | {squeezed(name)}
    found = [table for table, known in _TABLE_WORDS.items() if words & set(known.split())]
    return found[0] if len(found) == 1 else ""


@cache
def _known_columns(table: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for name, spec in FIELDS[table].items():
        if spec.in_sheets:
            for text in (name, spec.label, name.removesuffix("_id")):
                known.setdefault(squeezed(text), name)
    for words in (_EVERYWHERE, _COLUMN_WORDS.get(table, {})):
        for name, text in words.items():
            if name in FIELDS[table]:
                for word in text.split():
                    known[squeezed(word)] = name
    for name, spec in FIELDS[table].items():
        for text in in_pack_languages(spec.label) if spec.in_sheets else ():
            known.setdefault(squeezed(text), name)
    return known


def field_of_header(table: str, header: str) -> str:
    """The field that a header stands for; "" where no word of it is known."""
    known = _known_columns(table)
    plain = squeezed(header)
    if plain in known:
        return known[plain]
    for taken in (squeezed(TABLE_SPECS[table].one), *_TABLE_WORDS[table].split()):
        if plain.startswith(taken) and plain.removeprefix(taken) in known:
            return known[plain.removeprefix(taken)]
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only imports need it

    if len(plain) < 5:
        return ""
    best = process.extractOne(plain, list(known), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return known[best[0]] if best is not None and len(best[0]) >= 5 else ""


def code_of(codes: CodeList, text: str) -> str:
    """The code that a word stands for; "" where none is like it."""
    plain = spaced(text)
    if not plain:
        return ""
    known = _known_codes(codes.name)
    if plain in known:
        return known[plain]
    if plain.endswith("s") and plain[:-1] in known:
        return known[plain[:-1]]
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only imports need it

    if len(plain) < 6:
        return ""
    best = process.extractOne(plain, list(known), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return known[best[0]] if best is not None else ""


@cache
def _known_codes(name: str) -> dict[str, str]:
    from model.codes import CODE_LISTS  # noqa: PLC0415 - looked up by name

    codes = CODE_LISTS[name]
    known = dict(_CODE_WORDS.get(name, {}))
    for code in codes.codes:
        known[spaced(code)] = code
        known.setdefault(spaced(codes.label(code)), code)
    for entry in codes.entries:
        for said in in_pack_languages(entry.label):
            known.setdefault(spaced(said), entry.code)
    return known


def amount_of(text: str) -> Decimal | None:
    """An amount with its separators of thousands and its currency sign; None for none.

    A comma or point before exactly three digits at the end is taken for thousands only where it
    stands more than once or is a comma.
    """
    plain = re.sub(r"[\s\u00a0'’]|[A-Z]{3}|[$€£¥]", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(\.\d{3}){2,}(,\d+)?|\d{1,3}\.\d{3},\d+|\d+,\d{1,2}", plain):
        plain = plain.replace(".", "").replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"\d{1,20}(\.\d{1,6})?", plain) else None


@cache
def country_of(text: str) -> str:
    """The ISO code of a country that is named or coded; "" where it is not one country."""
    import pycountry  # noqa: PLC0415 - its lists take a moment to read

    try:
        found = pycountry.countries.lookup(text.strip())
    except LookupError:
        return ""
    return str(found.alpha_3)
