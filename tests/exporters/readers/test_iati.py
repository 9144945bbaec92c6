"""IATI files: both generations of the standard, several languages, and files that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters.readers.iati import read_iati
from exporters.readers.limits import Limits, UnreadableSource
from exporters.readers.sources import read_sources
from model.document import Document
from model.importing.plan import plan_import
from tests.cases import CASES

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = CASES.parent / "data" / "funding" / "iati_activity_example_annotated.xml"

TWO = """<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity default-currency="CHF">
  <iati-identifier> XM-3-A </iati-identifier>
  <reporting-org ref="XM-3" type="21"><narrative>Quiet Bridges</narrative></reporting-org>
  <title><narrative xml:lang="fr">Dialogue discret</narrative>
   <narrative xml:lang="en">Quiet
     dialogue</narrative></title>
  <participating-org ref="XM-1" role="1" type="10"><narrative>Northland</narrative>
  </participating-org>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2020-01-01"/>
  <default-tied-status code="5"/>
  <contact-info><person-name><narrative>Jane Secret</narrative></person-name></contact-info>
  <budget status="2"><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
   <value>250.5</value></budget>
  <transaction><transaction-type code="3"/><value>9</value></transaction>
 </iati-activity>
</iati-activities>
"""
ONE = """<iati-activities version="1.03">
 <iati-activity default-currency="USD">
  <iati-identifier>XM-3-B</iati-identifier>
  <title>Old wording</title>
  <participating-org role="Funding" type="10">Northland</participating-org>
  <participating-org role="Implementing" type="21">Quiet Bridges</participating-org>
  <activity-date type="start-actual" iso-date="2012-03-01"/>
  <budget type="Original"><period-start iso-date="2012-03-01"/><value>7</value></budget>
 </iati-activity>
</iati-activities>
"""


def written(folder: Path, text: str, name: str = "a.xml") -> Path:
    """A file with that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_wording_of_the_language_is_taken_and_defaults_are_inherited(tmp_path: Path) -> None:
    path = written(tmp_path, TWO)
    (activity,) = read_iati(path, Limits())
    assert activity.identifier == "XM-3-A"
    assert activity.title == "Quiet dialogue"
    assert read_iati(path, Limits(), "fr")[0].title == "Dialogue discret"
    (money,) = activity.money
    assert (money.amount, money.currency, money.tied) == ("250.5", "CHF", "5")
    assert activity.left == ("contact-info", "transaction")


def test_files_of_the_first_generation_are_read_too(tmp_path: Path) -> None:
    document = Document({})
    plan_import(document, read_sources([written(tmp_path, ONE)])).apply(document)
    (activity,), (line,) = document.activities.values(), document.funding.values()
    assert activity.title == "Old wording"
    assert document.actors[line.donor_id].name == "Northland"
    assert document.actors[line.recipient_id].name == "Quiet Bridges"


def test_persons_are_not_taken_over(tmp_path: Path) -> None:
    document = Document({})
    plan_import(document, read_sources([written(tmp_path, TWO)])).apply(document)
    assert "Secret" not in repr(document.content())


def test_two_files_make_one_import_with_each_organisation_once(tmp_path: Path) -> None:
    second = TWO.replace("XM-3-A", "XM-3-C")
    paths = [written(tmp_path, TWO), written(tmp_path, second, "b.xml")]
    document = Document({})
    plan_import(document, read_sources(paths)).apply(document)
    assert len(document.activities) == 2
    assert len(document.actors) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "line 1 is not XML"),
        ("<iati-activities>\n<iati-activity>\n</iati-activities>", "line 3 is not XML"),
        ("<html></html>", "not a file of IATI activities"),
        ("<iati-activities></iati-activities>", "it holds no activity"),
        (
            '<!DOCTYPE a [<!ENTITY b "c">]><iati-activities>&b;</iati-activities>',
            "declares a document type or entities",
        ),
        ('<?xml version="1.0" encoding="klingon"?><a/>', "a.xml: "),
    ],
)
def test_what_is_no_honest_file_of_activities_is_refused_by_name(
    tmp_path: Path, text: str, reason: str
) -> None:
    with pytest.raises(UnreadableSource, match=reason) as refused:
        read_iati(written(tmp_path, text), Limits())
    assert refused.value.message.startswith("a.xml: ")


def test_a_file_beyond_the_limits_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="larger than"):
        read_iati(written(tmp_path, TWO), Limits(file_bytes=100))


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the standard's own example is not here")
def test_the_example_of_the_standard_is_read_as_it_says() -> None:
    document = Document({})
    plan_import(document, read_sources([EXAMPLE])).apply(document)
    (line,) = document.funding.values()
    assert str(line.amount) == "3000"
    assert line.currency == "EUR"
    assert (line.start, line.end) != (None, None)
    assert document.actors[line.donor_id].name == "Name of Agency B"
    assert document.actors[line.recipient_id].name == "Name of Agency A"
    assert (line.flow_type, line.tied_status, line.earmarking) == (
        "oda",
        "partially_tied",
        "unearmarked",
    )
