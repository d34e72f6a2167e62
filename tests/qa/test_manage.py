"""The commands that look after a store, in real processes."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from encoders import TrigramEncoder
from newsroom import TEXTS, write

from index.build import build
from index.errors import StoreError
from index.sources.inbox import remove
from index.storage.rollback import rollback
from index.storage.snapshot import open_snapshot
from index.store import current_version, kept_versions
from qa.cli import main

Run = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of two versions."""
    news = write(tmp_path / "news", TEXTS)
    build(tmp_path / "store", [news], TrigramEncoder())
    write(news, {name: TEXTS[name] for name in ("alba.txt", "bruma.txt")})
    build(tmp_path / "store", [], TrigramEncoder())
    return tmp_path / "store"


def test_documents_are_listed(run_selon: Run, store: Path) -> None:
    """Those of the current version, by the ids that `remove` and `forget` take; the same for programs."""
    lines = run_selon("documents", "--store", str(store)).stdout.splitlines()
    ids = [line.split("  ")[0] for line in lines]
    assert ids == ["alba.txt", "bruma.txt"]
    listed = json.loads(run_selon("documents", "--json", "--store", str(store)).stdout)["documents"]
    assert [found["id"] for found in listed] == ids
    assert all(found["passages"] for found in listed)
    assert run_selon("forget", ids[0], "--store", str(store)).returncode == 0
    assert run_selon("documents", "--store", str(store)).stdout.splitlines() == lines[1:]


def test_an_earlier_version_is_listed_with_a_word(run_selon: Run, store: Path) -> None:
    """Where the newest is damaged, what is listed is said to be of another."""
    first, second = kept_versions(store)
    (store / "versions" / f"{second}.json").write_bytes(b"")
    done = run_selon("documents", "--store", str(store))
    assert len(done.stdout.splitlines()) == len(TEXTS)
    assert first in done.stderr


def test_versions_are_listed(run_selon: Run, store: Path) -> None:
    """Oldest first, the current one marked; the same for programs."""
    first, second = kept_versions(store)
    lines = run_selon("versions", "--store", str(store)).stdout.splitlines()
    assert [line.split()[0] for line in lines] == [first, "*"]
    assert f"* {second}" in lines[1]
    assert "2 documents" in lines[1]
    listed = json.loads(run_selon("versions", "--json", "--store", str(store)).stdout)["versions"]
    assert [(found["version"], found["current"]) for found in listed] == [(first, False), (second, True)]


def test_rollback_says_what_is_current(run_selon: Run, store: Path) -> None:
    """Back by one, or to a version that is named; an unknown one is refused with those that are kept."""
    first, second = kept_versions(store)
    assert first in run_selon("rollback", "--store", str(store)).stdout
    assert current_version(store) == first
    assert run_selon("rollback", second, "--store", str(store)).returncode == 0
    assert current_version(store) == second
    for unknown in ("000009-none", ""):
        wrong = run_selon("rollback", unknown, "--store", str(store))
        assert wrong.returncode == 2
        assert f"{unknown!r} is not kept" in wrong.stderr
        assert first in wrong.stderr
    assert current_version(store) == second


def test_verify_names_what_is_damaged(run_selon: Run, store: Path) -> None:
    """Exit code 0 where all is whole, else 2 and the name of the file."""
    whole = run_selon("verify", "--store", str(store))
    assert whole.returncode == 0
    assert whole.stdout.count("whole") == 2
    [segment] = [path for path in (store / "segments").iterdir() if path.name.startswith("000001")]
    content = bytearray((segment / "vectors.faiss").read_bytes())
    content[-1] ^= 1
    (segment / "vectors.faiss").write_bytes(content)
    damaged = run_selon("verify", "--store", str(store), "--json")
    assert damaged.returncode == 2
    assert "vectors.faiss" in damaged.stdout
    assert json.loads(damaged.stdout)["whole"] is False
    assert "selon build" in run_selon("verify", "--store", str(store)).stdout


def test_forget_and_back(run_selon: Run, store: Path) -> None:
    """A document that only an older version holds is purged too; --undo lets it come back."""
    done = run_selon("forget", "cardo.txt", "--store", str(store))
    assert done.returncode == 0
    assert "cardo.txt" in done.stdout
    again = run_selon("forget", "cardo.txt", "--store", str(store))
    assert again.returncode == 2
    assert "cardo.txt" in again.stderr
    assert run_selon("forget", "cardo.txt", "--undo", "--store", str(store)).returncode == 0


def test_remove_and_back(run_selon: Run, store: Path, tmp_path: Path) -> None:
    """A removed document is left out by the next build; --undo lets it come back; the unknown is named."""
    assert run_selon("remove", "alba.txt", "--store", str(store)).returncode == 0
    report = build(store, [tmp_path / "news"], TrigramEncoder())
    assert report.manifest.documents == 1
    again = run_selon("remove", "alba.txt", "--store", str(store))
    assert again.returncode == 2
    assert "alba.txt" in again.stderr
    assert run_selon("remove", "alba.txt", "--undo", "--store", str(store)).returncode == 0
    assert build(store, [], TrigramEncoder()).manifest.documents == 2


@pytest.mark.parametrize(
    "command",
    [["documents"], ["versions"], ["rollback"], ["verify"], ["forget", "a.txt"], ["remove", "a.txt"]],
)
def test_no_store_is_said(run_selon: Run, tmp_path: Path, command: list[str]) -> None:
    """The message names the cure, and nothing is made where nothing was."""
    done = run_selon(*command, "--store", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "selon build" in done.stderr
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("command", "flag", "value", "cure"),
    [
        ("build", "--keep", "0", "1 or more"),
        ("serve", "--port", "99999", "0 to 65535"),
        ("serve", "--port", "http", "0 to 65535"),
        ("serve", "--ask-rate", "5", "60/minute"),
        ("ask", "--threshold", "sure", "careful, default, eager"),
        ("ask", "--store", "", "it is empty"),
        ("build", "--store", "", "it is empty"),
        ("watch", "--store", "", "it is empty"),
        ("serve", "--watch", "", "it is empty"),
        ("serve", "--host", "", "it is empty"),
    ],
)
def test_a_wrong_flag_is_told_with_its_cure(
    capsys: pytest.CaptureFixture[str], command: str, flag: str, value: str, cure: str
) -> None:
    """The flag, the value as it was typed and what it may be; no name of ours."""
    assert main([command, flag, value]) == 2
    told = capsys.readouterr().err
    assert flag in told
    assert repr(value) in told
    assert cure in told
    assert "invalid" not in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["build", ""], "PATH: '' cannot be used: it is empty"),
        (["ask", "--json", "--from", ""], "--from: '' cannot be used"),
        (["explain", ""], "The sentence '' says nothing"),
        (["ask", "--json", "--from", "empty.jsonl"], "'empty.jsonl' holds no question"),
        (["ask", "--json", "--from", "latin.jsonl"], "Save it as UTF-8"),
    ],
)
def test_what_is_empty_is_said(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
    told: str,
) -> None:
    """An unset variable of a shell never means the folder one stands in; nothing is made there."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.jsonl").write_text("\n")
    (tmp_path / "latin.jsonl").write_bytes(b'{"text": "\xe9"}')
    assert main(arguments) == 2
    assert told in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.jsonl", "latin.jsonl"]


def test_another_model_is_said_before_it_is_looked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    """The store's own record tells; a hub that does not answer keeps nobody waiting."""
    monkeypatch.setattr("index.encode.load_encoder", lambda *_: pytest.fail("a model was looked for"))
    for command in (["ask", "a"], ["serve"]):
        assert main([*command, "--model", "zz", "--store", str(store)]) == 2
        told = capsys.readouterr().err
        assert "by the model trigrams, not by zz" in told
        assert "--model" in told


def test_the_doctor_looks_on_where_something_cannot_be_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    """A folder without rights is a finding like others; what comes after it is looked at."""

    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(store / "encoders"))

    monkeypatch.setattr("index.encode.load_encoder", refused)
    assert main(["doctor", "--json", "--store", str(store)]) == 2
    findings = {found["name"]: found for found in json.loads(capsys.readouterr().out)["findings"]}
    assert not findings["model"]["well"]
    assert "encoders cannot be read: Permission denied" in findings["model"]["said"]
    assert findings["disk"]["well"]


@pytest.mark.real
def test_the_doctor_names_a_damaged_encoder(run_selon: Run, real_store: Path, tmp_path: Path) -> None:
    """The model itself answers meanwhile; the cure makes it well again."""
    store = tmp_path / "store"
    shutil.copytree(real_store, store)
    assert run_selon("doctor", "--store", str(store)).returncode == 0
    for path in (store / "encoders").rglob("*.*"):
        if path.is_file():
            path.write_bytes(b"x")
    found = run_selon("doctor", "--store", str(store))
    assert found.returncode == 2
    assert "WRONG encoder" in found.stdout
    assert run_selon("build", "--store", str(store)).returncode == 0
    assert run_selon("doctor", "--store", str(store)).returncode == 0


@pytest.mark.parametrize(
    ("code", "cure"),
    [(errno.ENOSPC, "Free some space"), (errno.EACCES, "Check the rights"), (errno.EIO, "Check the disk")],
)
def test_the_cure_fits_what_the_disk_refused(
    monkeypatch: pytest.MonkeyPatch, store: Path, code: int, cure: str
) -> None:
    """Rights are not mended by space, whether a build or a document that is left out is refused."""

    def refuse(*_: object) -> None:
        raise OSError(code, "refused")

    place = open_snapshot(store).corpus.place_of("alba.txt")
    monkeypatch.setattr("index.storage.disk.write", refuse)
    for act in (lambda: rollback(store), lambda: remove(store, "alba.txt", place)):
        with pytest.raises(StoreError) as caught:
            act()
        assert caught.value.hint.startswith(cure)
