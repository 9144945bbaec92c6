from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from desktop.__main__ import main
from desktop.cli.console import printable
from desktop.version import version
from model.document import Document
from model.records import PROJECT_ID, Project
from model.storage.keys import KeyFile
from tests.cases import CASES, needs_cases, small_case, write_case
from tests.desktop.cli_runner import PASSPHRASE, Runner, listing

if TYPE_CHECKING:
    from model.document import Content


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "small", small_case())


@pytest.fixture
def project(run: Runner, case: Path) -> Path:
    path = run.folder / "small.xtrk"
    assert run.sealed("new", path, "--from", case).code == 0
    return path


def project_of(content: Content) -> Project:
    return cast("Project", content["project"][PROJECT_ID])


def test_version_and_help_need_no_project(run: Runner) -> None:
    outcome = run("--version")
    assert (outcome.code, outcome.out) == (0, f"crosstrack {version()}\n")
    assert run("--help").code == 0
    for command in ("open", "new", "sample", "info", "verify", "import", "export", "check"):
        outcome = run(command, "--help")
        assert outcome.code == 0
        assert f"crosstrack {command}" in outcome.out


@pytest.mark.parametrize(
    "arguments",
    [("sing",), ("new",), ("check", "a.xtrk"), ("export", "a.xtrk"), ("info", "a", "--pass", "x"),
     ("info", "a", "--key-file", "k", "--passphrase-file", "p")],
)  # fmt: skip
def test_wrong_usage_is_2_and_writes_nothing(run: Runner, arguments: tuple[str, ...]) -> None:
    before = listing(run.folder)
    assert run(*arguments).code == 2
    assert listing(run.folder) == before


def test_a_new_project_is_empty_and_opens_again(run: Runner) -> None:
    path = run.folder / "empty.xtrk"
    assert run.sealed("new", path).code == 0
    content = run.content(path)
    assert {name for name, records in content.items() if records} == {"project"}


def test_a_new_project_from_a_folder_prints_the_report(run: Runner, case: Path) -> None:
    outcome = run.sealed("new", run.folder / "a.xtrk", "--from", case)
    assert outcome.code == 0
    assert "small/actors.csv: 4 rows read, 4 actors, 2 roles." in outcome.out
    assert "Assumed: small/linkages.csv, rows 2–3, column status" in outcome.out
    assert outcome.error == ""
    assert len(run.content(run.folder / "a.xtrk")["actors"]) == 4


def test_the_report_can_be_had_as_json_and_as_a_file(run: Runner, case: Path) -> None:
    report = run.folder / "report.json"
    outcome = run.sealed("new", run.folder / "a.xtrk", "--from", case, "--json", "--report", report)
    assert outcome.json["records"]["actors"] == 4
    assert outcome.json["import"]["refused"] == []
    assert b'"guessed"' in report.read_bytes()


def test_a_sample_is_sealed(run: Runner) -> None:
    path = run.folder / "m.xtrk"
    outcome = run.sealed("sample", "mindanao", path, "--json")
    assert outcome.json["records"]["actors"] == 56
    assert project_of(run.content(path)).country == "PHL"
    assert b"Moro" not in path.read_bytes()


def test_info_without_and_with_the_key(run: Runner, project: Path) -> None:
    outside = run("info", project, "--json").json
    assert outside["slots"] == [
        {"name": "keys/passphrase-1.age", "kind": "passphrase", "log_n": 10}
    ]
    assert "inside" not in outside
    inside = run.sealed("info", project, "--json").json["inside"]
    assert inside["title"] == "Small"
    assert inside["records"]["actors"] == 4
    assert inside["strictest_label"] == "TLP:AMBER+STRICT"
    assert "Title: Small" in run.sealed("info", project).out


def test_verify_checks_every_part(run: Runner, project: Path) -> None:
    outcome = run.sealed("verify", project, "--json")
    assert outcome.code == 0
    assert outcome.json["ok"] is True
    assert {part["part"] for part in outcome.json["parts"]} >= {"container", "body.age", "records"}
    outside = run("verify", project)
    assert outside.code == 0
    assert "need the key" in outside.out


def test_verify_names_the_part_that_is_damaged(run: Runner, project: Path) -> None:
    data = bytearray(project.read_bytes())
    data[-200] ^= 1
    project.write_bytes(data)
    outcome = run.sealed("verify", project)
    assert outcome.code == 1
    assert outcome.error.startswith("small.xtrk: ")
    assert outcome.error.count("\n") == 1


def test_a_dry_run_reports_and_writes_nothing(run: Runner, project: Path, tmp_path: Path) -> None:
    other = write_case(tmp_path / "other", small_case())
    before = project.read_bytes()
    outcome = run.sealed("import", project, other, "--dry-run")
    assert outcome.code == 0
    assert "Nothing was written; 17 records would be added." in outcome.out
    assert project.read_bytes() == before


def test_an_import_adds_and_a_second_one_finds_everything_there(
    run: Runner, project: Path, tmp_path: Path
) -> None:
    other = write_case(tmp_path / "other", small_case())
    assert run.sealed("import", project, other).code == 0
    assert len(run.content(project)["actors"]) == 8
    before = project.read_bytes()
    outcome = run.sealed("import", project, other, "--json")
    assert outcome.json["written"] is False
    assert project.read_bytes() == before


def test_several_sources_make_one_import(run: Runner, tmp_path: Path) -> None:
    path = run.folder / "a.xtrk"
    run.sealed("new", path)
    folders = [write_case(tmp_path / name, small_case()) for name in ("one", "two")]
    assert run.sealed("import", path, *folders).code == 0
    assert len(run.content(path)["actors"]) == 8


def test_check_lists_findings_with_imported_ids(run: Runner, project: Path) -> None:
    outcome = run.sealed("check", project, "--as-of", "2010-03-15", "--json")
    assert outcome.code == 0
    findings = outcome.json["findings"]
    assert findings
    ids = {ref["id"] for one in findings for target in one["targets"] for ref in target["external"]}
    assert ids & {"L1", "L2", "A1", "A3", "C1"}
    assert {"rule", "severity", "message", "targets", "figures"} <= set(findings[0])
    lines = run.sealed("check", project, "--as-of", "2010-03-15").out.splitlines()
    assert lines[-1] == f"{len(findings)} findings."


def test_an_export_makes_a_redacted_copy_and_is_noted(run: Runner, project: Path) -> None:
    target = run.folder / "small.json"
    outcome = run.sealed(
        "export", project, "--audience", "green", "--document-json", target,
        "--override", "tried out", "--as-of", "2010-03-15", "--json",
    )  # fmt: skip
    assert outcome.code == 0, outcome.error
    assert outcome.json["audience"] == "TLP:GREEN"
    assert outcome.json["withheld"]["postings"] == 1
    assert b"Holder 1" not in target.read_bytes()
    content = run.content(project)
    assert len(content["exports"]) == 1
    assert [one.reason for one in content["decisions"].values()] == ["tried out"]  # type: ignore[attr-defined]


def test_an_export_tells_of_visible_texts_that_hold_a_withheld_name(run: Runner) -> None:
    tables = small_case()
    tables["actors"][0]["notes"] = "Ask holder 1 first"
    path = run.folder / "naming.xtrk"
    assert run.sealed("new", path, "--from", write_case(run.folder / "naming", tables)).code == 0
    wanted = ("export", path, "--audience", "green", "--override", "tried out")
    target = run.folder / "naming.json"
    outcome = run.sealed(*wanted, "--document-json", target)
    assert outcome.code == 0, outcome.error
    assert "1 visible text holds a withheld name" in outcome.out
    outcome = run.sealed(*wanted, "--document-json", target, "--force", "--json")
    (mention,) = outcome.json["mentions"]
    assert (mention["table"], mention["field"]) == ("actors", "notes")


def test_an_export_colours_the_map_by_what_there_is_only(run: Runner, project: Path) -> None:
    out = project.with_suffix(".svg")
    asked = ("export", project, "--audience", "TLP:RED", "--svg", out, "--no-record")
    found = run.sealed(*asked, "--colour-by", "brokerage", "--size-by", "influence")
    assert found.code == 0, found.error
    assert "Colour: Brokerage" in out.read_text(encoding="utf-8")
    refused = run.sealed(*asked, "--force", "--colour-by", "charm")
    assert refused.code == 1
    assert "Cards cannot follow “charm”" in refused.error


def test_an_export_need_not_be_noted(run: Runner, project: Path) -> None:
    before = project.read_bytes()
    outcome = run.sealed(
        "export", project, "--audience", "TLP:RED", "--csv", run.folder / "tables", "--no-record"
    )
    assert outcome.code == 0, outcome.error
    assert (run.folder / "tables" / "actors.csv").is_file()
    assert project.read_bytes() == before


def plain(content: Content) -> dict[str, list[str]]:
    """What a person would read in the tables, whatever the ids."""
    document = Document(content)
    return {
        table: sorted(
            "|".join(
                f"{name}={document.name_of('actors', value) if value in document.actors else value}"
                for name, value in ((one, str(getattr(record, one))) for one in wanted)
            )
            for record in document.table(table).values()
        )
        for table, wanted in {
            "actors": ("name", "kind", "tracks", "country", "tlp", "basis", "blind_spots", "start"),
            "linkages": ("from_id", "to_id", "kind", "status", "tlp", "direction"),
            "activities": ("title", "lead_id", "tracks", "lead_consulted", "security_review"),
            "answers": ("item_id", "scope", "target_table", "answer", "tlp", "evidence"),
            "postings": ("office", "holder", "institution_id", "tlp"),
            "funding": ("donor_id", "recipient_id", "amount", "currency", "earmarking"),
            "roles": ("actor_id", "role"),
            "milestones": ("label", "kind", "date"),
        }.items()
    }


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_our_own_tables_can_be_read_back(run: Runner, kind: str) -> None:
    first, tables, second = (run.folder / one for one in ("a.xtrk", f"out.{kind}", "b.xtrk"))
    run.sealed("sample", "mindanao", first)
    outcome = run.sealed("export", first, "--audience", "RED", f"--{kind}", tables, "--no-record")
    assert outcome.code == 0, outcome.error
    outcome = run.sealed("new", second, "--from", tables)
    assert outcome.code == 0, outcome.error
    before, after = plain(run.content(first)), plain(run.content(second))
    for table, rows in before.items():
        assert after[table] == rows, table


def test_passphrases_come_from_standard_input(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(f"{PASSPHRASE}\nsecond line\n".encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    path = run.folder / "a.xtrk"
    assert run("new", path, "--passphrase-file", "-").code == 0
    assert run.sealed("info", path).code == 0


def test_passphrases_are_asked_for_twice_when_new(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answers = iter([PASSPHRASE, PASSPHRASE, PASSPHRASE, "typo", PASSPHRASE])

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", answer)
    path = run.folder / "a.xtrk"
    assert run("new", path).code == 0
    outcome = run("new", run.folder / "b.xtrk")
    assert outcome.code == 1
    assert "differ" in outcome.error
    assert run("check", path, "--as-of", "2013-02-15").code == 0
    assert len(asked) == 5


def test_a_key_file_instead_of_a_passphrase(run: Runner) -> None:
    key = run.folder / "key.txt"
    key.write_bytes(KeyFile.generate().content())
    path = run.folder / "a.xtrk"
    assert run("new", path, "--key-file", key).code == 0
    assert run("info", path, "--key-file", key, "--json").json["inside"]["save"] == 1


def test_force_replaces_a_project(run: Runner, project: Path) -> None:
    assert run.sealed("sample", "mali", project, "--force").code == 0
    assert project_of(run.content(project)).country == "MLI"


def test_terminals_are_not_steered() -> None:
    assert printable("a\x1b[2Jb\u202ec\u200dd é") == "a\ufffd[2Jb\ufffdc\u200dd é"


def test_no_command_and_open_show_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Path | None, str | None, bool]] = []

    def record(path: Path | None, sample: str | None, *, protected: bool) -> int:
        calls.append((path, sample, protected))
        return 0

    monkeypatch.setitem(sys.modules, "desktop.startup", SimpleNamespace(run=record))
    assert [main([]), main(["open", "a.xtrk"]), main(["open", "--sample", "mali"])] == [0, 0, 0]
    assert main(["open", "--protected", "a.xtrk"]) == 0
    assert calls == [
        *((None, None, False), (Path("a.xtrk"), None, False), (None, "mali", False)),
        (Path("a.xtrk"), None, True),
    ]


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], ("PySide6", "pandas", "msgspec", "cryptography")),
        (["--help"], ("PySide6", "pandas", "msgspec", "cryptography")),
        (["info", "none.xtrk"], ("PySide6", "pandas", "openpyxl", "networkx", "igraph")),
        (["sample", "none", "x.xtrk"], ("PySide6", "pandas", "openpyxl", "networkx", "igraph")),
    ],
)
def test_commands_import_only_what_they_need(
    arguments: list[str], unwanted: tuple[str, ...]
) -> None:
    code = (
        "import sys\nfrom desktop.__main__ import main\n"
        f"main({arguments!r})\n"
        f"print(sorted(set(sys.modules) & set({unwanted!r})))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_goes_away_is_no_error(project: Path, run: Runner) -> None:
    command = [sys.executable, "-m", "desktop", "check", str(project), "--as-of", "2010-03-15"]
    with subprocess.Popen(
        [*command, *run.secret], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_bug_is_named_by_its_place_without_its_text(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_: object) -> None:
        raise KeyError("a name that must not be shown")

    monkeypatch.setattr("desktop.samples.load_sample", stumble)
    outcome = run.sealed("sample", "mali", run.folder / "a.xtrk")
    assert outcome.code == 1
    assert outcome.error.startswith("Crosstrack failed, please report this: KeyError at ")
    assert "must not be shown" not in outcome.error


@needs_cases
def test_the_real_case_goes_the_whole_way(run: Runner) -> None:
    path = run.folder / "mindanao.xtrk"
    assert run.sealed("new", path, "--from", CASES / "mindanao").code == 0
    assert run.sealed("verify", path).code == 0
    assert run.sealed("check", path, "--as-of", "2013-02-15").code == 0
