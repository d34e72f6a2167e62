"""The commands that look after a store, in real processes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from encoders import TrigramEncoder
from newsroom import TEXTS, write

from index.build import build
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
    wrong = run_selon("rollback", "000009-none", "--store", str(store))
    assert wrong.returncode == 2
    assert first in wrong.stderr


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
    "command", [["versions"], ["rollback"], ["verify"], ["forget", "a.txt"], ["remove", "a.txt"]]
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
