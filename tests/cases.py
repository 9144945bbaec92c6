"""Small case folders for tests, and the three real ones where they are at hand."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHARED = Path(__file__).resolve().parents[2] / "shared"
CASES = SHARED / "cases"

needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the case folders are not here")

Table = list[dict[str, str]]


def small_case() -> dict[str, Table]:
    """A case of four actors that uses every kind of file."""
    return {
        "actors": [
            _row(
                id="A1", name="Government", kind="state", tracks="T1", conflict_role="primary_party"
            ),
            _row(id="A2", name="Front", kind="armed_group", tracks="T1;T3", parent_id=""),
            _row(
                id="A3",
                name="Facilitator",
                kind="mediator_office",
                third_party_roles="facilitator;host",
                diplomat_support_roles="good_offices",
                country_iso3="MYS",
                start="2001",
            ),
            _row(id="A4", name="Elders", kind="local_mechanism", blind_spot="local_mechanism"),
        ],
        "linkages": [
            _row(id="L1", from_id="A3", to_id="A1", kind="facilitation", tlp="GREEN"),
            _row(id="L2", from_id="A3", to_id="A2", kind="back_channel"),
        ],
        "processes": [
            _row(id="Q1", name="Talks", track="T1", lead_actor_id="A3", conflict_party_ids="A1;A2")
        ],
        "phases": [
            _row(id="H1", type="phase", label="Talks", phase_kind="talks", start="2009-12-08"),
            _row(id="H2", type="milestone", label="Accord", start="2012-10-15"),
        ],
        "activities": [
            _row(
                id="C1",
                title="Round",
                kind="negotiation_round",
                lead_actor_id="A3",
                participant_ids="A1;A2",
                phase_id="H1",
                start="2010-03-05",
                date_precision="month",
                security_review="yes",
            )
        ],
        "funding": [
            _row(
                id="F1",
                donor_id="A1",
                recipient_id="A3",
                activity_ids="C1",
                amount="1500.50",
                currency="USD",
            )
        ],
        "postings": [_row(id="P1", office="Chair", institution_id="A3", holder_label="Holder 1")],
        "checklist": [
            _row(id="K1", item_id="DNH-01", scope="project", answer="yes"),
            _row(id="K2", item_id="DNH-08", scope="activity", target_id="C1", answer="no"),
            _row(id="K3", item_id="DNH-16", scope="actor", target_id="A4", answer="partly"),
        ],
    }


def _row(**cells: str) -> dict[str, str]:
    return {"source": "public_checked", **cells}


def write_case(folder: Path, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> Path:
    """Write tables as a case folder; columns are all that any row has."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder
