"""Bad input on the command line: one sentence that names the place, exit 1, nothing written."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from desktop.cli.console import Console
from desktop.cli.context import Context
from model.storage.identities import seal_identity
from model.storage.keys import KeyFile, Passphrase
from tests.cases import small_case, write_case
from tests.desktop.cli_runner import PASSPHRASE, WORK_FACTOR, Runner

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(run: Runner) -> Path:
    path = run.folder / "mali.xtrk"
    assert run.sealed("sample", "mali", path).code == 0
    return path


COMMANDS_ON_A_FILE = {
    "info": (),
    "verify": (),
    "check": ("--as-of", "2022-09-01"),
    "export": ("--audience", "TLP:RED", "--svg", "map.svg"),
}


@pytest.fixture(params=COMMANDS_ON_A_FILE)
def command(request: pytest.FixtureRequest) -> tuple[str, tuple[str, ...]]:
    return str(request.param), COMMANDS_ON_A_FILE[request.param]


@pytest.mark.parametrize(
    "data", [b"", b'{"actors": []}', b"PK\x03\x04", b"\0" * 4096, b"age-encryption.org/v1\n"]
)
def test_what_is_no_project(run: Runner, command: tuple[str, tuple[str, ...]], data: bytes) -> None:
    path = run.folder / "thing.xtrk"
    path.write_bytes(data)
    name, options = command
    assert run.refused(name, path, *options).startswith("thing.xtrk: ")


def test_a_project_cut_short_anywhere(
    run: Runner, command: tuple[str, tuple[str, ...]], project: Path
) -> None:
    whole = project.read_bytes()
    name, options = command
    for size in (10, 100, len(whole) // 2, len(whole) - 1):
        project.write_bytes(whole[:size])
        sentence = run.refused(name, project, *options)
        assert sentence.startswith("mali.xtrk: ")


def test_a_wrong_passphrase(
    run: Runner, command: tuple[str, tuple[str, ...]], project: Path
) -> None:
    (run.folder / "passphrase.txt").write_text("something else\n", encoding="utf-8")
    name, options = command
    sentence = run.refused(name, project, *options)
    assert sentence.startswith("mali.xtrk: ")
    assert "passphrase" in sentence


def test_a_file_that_is_not_there_and_a_folder(
    run: Runner, command: tuple[str, tuple[str, ...]]
) -> None:
    name, options = command
    assert "nowhere.xtrk" in run.refused(name, run.folder / "nowhere.xtrk", *options)
    folder = run.folder / "folder.xtrk"
    folder.mkdir()
    assert run.refused(name, folder, *options).startswith("folder.xtrk: ")


def test_no_terminal_to_ask(run: Runner, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    outcome = run("check", project, "--as-of", "2022-09-01")
    assert outcome.code == 1
    assert "--passphrase-file" in outcome.error


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"\n", "empty"), (b"\xff\xfe\n", "not UTF-8")],
)
def test_a_passphrase_file_that_is_none(run: Runner, data: bytes, words: str) -> None:
    (run.folder / "passphrase.txt").write_bytes(data)
    assert words in run.refused("new", run.folder / "a.xtrk")


@pytest.mark.parametrize("text", ["short", "aaaaaaaaaaaa", "password1234"])
@pytest.mark.parametrize("command", [["new"], ["sample", "mali"]])
def test_a_weak_passphrase_is_refused_as_in_the_window(
    run: Runner, text: str, command: list[str]
) -> None:
    (run.folder / "passphrase.txt").write_text(f"{text}\n", encoding="utf-8")
    error = run.refused(*command, run.folder / "a.xtrk")
    assert "several words" in error
    assert "Nothing was written" in error


def test_a_passphrase_file_that_is_not_there(run: Runner) -> None:
    (run.folder / "passphrase.txt").unlink()
    assert "passphrase.txt" in run.refused("new", run.folder / "a.xtrk")


def test_a_personal_key_file_opens_with_its_own_passphrase(run: Runner, project: Path) -> None:
    key = KeyFile.generate()
    store = Context(Console(), WORK_FACTOR).store
    opened = store.open(project, Passphrase(PASSPHRASE))
    store.add_member(opened, "Amina", key.identity.recipient().text())
    (run.folder / "own.key").write_bytes(seal_identity(key, Passphrase("her own"), 10))
    (run.folder / "own.txt").write_text("her own\n", encoding="utf-8")
    own = ("--key-file", run.folder / "own.key", "--key-passphrase-file", run.folder / "own.txt")
    told = run("info", project, "--json", *own)
    assert told.code == 0, told.error
    assert told.json["inside"]["records"]
    assert told.json["recipients"] == 2
    (run.folder / "own.txt").write_text("another\n", encoding="utf-8")
    refused = run("info", project, *own)
    assert refused.code == 1
    assert refused.error.startswith(f"{run.folder / 'own.key'}: the passphrase is wrong")


def test_a_key_file_that_is_none(run: Runner) -> None:
    outcome = run("new", run.folder / "a.xtrk", "--key-file", run.folder / "passphrase.txt")
    assert outcome.code == 1
    assert "passphrase.txt: this is not an age key" in outcome.error
    assert not (run.folder / "a.xtrk").exists()


def test_an_existing_target_without_force(run: Runner, project: Path) -> None:
    for arguments in (("new", project), ("sample", "mali", project)):
        assert "--force" in run.refused(*arguments)
    (run.folder / "map.svg").write_text("mine", encoding="utf-8")
    options = ("--audience", "TLP:RED", "--svg", run.folder / "map.svg")
    assert "--force" in run.refused("export", project, *options)
    report = ("--report", run.folder / "map.svg")
    assert "--force" in run.refused("import", project, run.folder, *report)


def test_force_never_replaces_a_project_by_something_else(run: Runner, project: Path) -> None:
    for kind in ("pdf", "xlsx", "svg", "document-json"):
        options = ("--audience", "TLP:RED", f"--{kind}", project, "--force")
        assert "project" in run.refused("export", project, *options)
    report = ("--report", project, "--force")
    assert "project" in run.refused("import", project, run.folder, *report)


def test_force_never_empties_a_folder_of_other_things(run: Runner, project: Path) -> None:
    folder = run.folder / "documents"
    (folder / "letters").mkdir(parents=True)
    (folder / "letters" / "one.txt").write_text("mine", encoding="utf-8")
    (folder / "actors.csv").write_text("mine", encoding="utf-8")
    options = ("--audience", "TLP:RED", "--force")
    for target in (folder, run.folder, run.folder / "documents" / ".."):
        answer = run.refused("export", project, *options, "--csv", target)
        assert "other things than CSV files" in answer


def test_a_target_in_no_folder_or_that_is_one(run: Runner) -> None:
    assert "folder" in run.refused("new", run.folder / "none" / "a.xtrk")
    assert "folder" in run.refused("new", run.folder)


def test_an_unknown_sample(run: Runner) -> None:
    sentence = run.refused("sample", "atlantis", run.folder / "a.xtrk")
    assert "atlantis" in sentence
    assert "mindanao, myanmar, mali" in sentence
    assert run("open", "--sample", "atlantis").code == 1


@pytest.mark.parametrize("text", ["2013-13-01", "2013-02-30", "2013", "yesterday", ""])
def test_a_day_that_is_none(run: Runner, project: Path, text: str) -> None:
    outcome = run.sealed("check", project, "--as-of", text)
    assert outcome.code == 1
    assert text in outcome.error


def test_an_audience_or_recipe_that_is_none(run: Runner, project: Path) -> None:
    svg = ("--svg", run.folder / "map.svg")
    assert "TLP:GREEN" in run.refused("export", project, "--audience", "everyone", *svg)
    assert "--pdf" in run.refused("export", project, "--audience", "RED")
    options = ("--audience", "RED", "--recipe", "stew", *svg)
    assert "stew" in run.refused("export", project, *options)


def test_open_red_flags_hold_an_export_up(run: Runner, tmp_path: Path) -> None:
    project = run.folder / "small.xtrk"
    run.sealed("new", project, "--from", write_case(tmp_path / "small", small_case()))
    options = ("--audience", "TLP:GREEN", "--svg", run.folder / "map.svg")
    outcome = run.sealed("export", project, *options)
    assert outcome.code == 1
    assert "--override" in outcome.error
    assert not (run.folder / "map.svg").exists()


MISTAKES = {
    "dangling id": ("linkages", "to_id", "A9", "small/linkages.csv, row 2, column to_id, “A9”"),
    "unknown code": ("actors", "kind", "realm", "small/actors.csv, row 2, column kind, “realm”"),
    "bad date": (
        "actors",
        "start",
        "2013-13-01",
        "small/actors.csv, row 2, column start, “2013-13-01”",
    ),
    "unknown column": ("actors", "hue", "red", "small/actors.csv, row 1, column hue"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_table(run: Runner, project: Path, tmp_path: Path, mistake: str) -> None:
    table, column, value, place = MISTAKES[mistake]
    case = small_case()
    case[table][0][column] = value
    folder = write_case(tmp_path / "small", case)
    for arguments in (
        ("new", run.folder / "a.xtrk", "--from", folder),
        ("import", project, folder),
        ("import", project, folder, "--dry-run"),
    ):
        sentence = run.refused(*arguments)
        assert sentence.startswith(place)
        assert sentence.endswith("nothing was imported.")


def test_the_whole_report_of_a_refused_import(run: Runner, project: Path, tmp_path: Path) -> None:
    case = small_case()
    case["actors"][0]["kind"] = "realm"
    case["linkages"][0]["to_id"] = "A9"
    folder = write_case(tmp_path / "small", case)
    before = project.read_bytes()
    report = run.folder / "report.txt"
    outcome = run.sealed("import", project, folder, "--json", "--report", report)
    assert outcome.code == 1
    assert outcome.error.count("\n") == 1
    refused = outcome.json["import"]["refused"]
    assert [(one["file"], one["rows"], one["column"], one["value"]) for one in refused] == [
        ("small/actors.csv", [2], "kind", "realm"),
        ("small/linkages.csv", [2], "to_id", "A9"),
    ]
    assert report.read_text(encoding="utf-8").count("Refused: ") == 2
    assert project.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("actors.csv", b"id,name\n1,caf\xe9\n", "line 2 is not UTF-8"),
        ("actors.csv", b"", "empty"),
        ("actors.csv", b'id,name\n1,"x\n', "double quote"),
        ("case.xlsx", b"not a workbook", "not an Excel workbook"),
        ("case.doc", b"id,name\n", "folder of CSV files"),
    ],
)
def test_a_source_that_cannot_be_read(
    run: Runner, project: Path, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    source = tmp_path / name
    source.write_bytes(data)
    for arguments in (
        ("new", run.folder / "a.xtrk", "--from", source),
        ("import", project, source),
    ):
        sentence = run.refused(*arguments)
        assert sentence.startswith(name)
        assert words in sentence


def test_a_renamed_zip_as_workbook(run: Runner, project: Path, tmp_path: Path) -> None:
    source = tmp_path / "case.xlsx"
    with zipfile.ZipFile(source, "w") as package:
        package.writestr("a.txt", "x")
    assert "not an Excel workbook" in run.refused("import", project, source)


def test_a_source_that_is_not_there(run: Runner, project: Path) -> None:
    assert "nowhere" in run.refused("import", project, run.folder / "nowhere")
    assert "CSV" in run.refused("import", project, run.folder / "..")


def test_no_option_is_named_that_the_command_does_not_have(run: Runner, project: Path) -> None:
    (run.folder / "there.key").write_text("something")
    for words in (("own-key",), ("keys", project, "--add-key-file")):
        said = run.refused(*words, run.folder / "there.key")
        assert "already a file" in said
        assert "--force" not in said


def test_what_is_asked_where_nobody_can_answer_is_named(run: Runner, project: Path) -> None:
    """The passphrase of the copy is another than that of the project."""
    out = ("--audience", "TLP:GREEN", "--out", run.folder / "copy.xtrk")
    said = run.sealed("share", project, *out).error
    assert "“Passphrase for the copy”" in said
    assert "--copy-passphrase-file" in said
    added = run.sealed("keys", project, "--add-passphrase").error
    assert "“New passphrase”" in added
    assert "--new-passphrase-file" in added
