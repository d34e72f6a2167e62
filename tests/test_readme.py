"""The README is true: its tables are those of the code, its commands exist, its answer is real."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from qa.http.status import STATUS
from qa.settings import SETTINGS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(header: str) -> list[list[str]]:
    """The rows of the table whose header line begins with `header`."""
    lines = README.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(header)) + 2
    table = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table


def test_settings_are_those_of_the_code() -> None:
    """Every setting with its flag, variable, default and help, in the code's order."""
    expected = [
        [
            "" if s.secret else f"`{s.flag}`",
            f"`{s.variable}`",
            f"`{s.default}`" if s.default not in (None, "", False) else "",
            s.help,
        ]
        for s in SETTINGS
    ]
    assert rows("| flag | variable |") == expected


def test_errors_are_those_of_the_code() -> None:
    """Every code of the service with its status."""
    listed = {
        code.strip("`"): int(status) for codes, status in rows("| code |") for code in codes.split(", ")
    }
    assert listed == STATUS


def test_make_and_plain_commands_agree() -> None:
    """What `make serve` and `make test` run stands in the README for people without make."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(BIN)", ".venv/bin")
    plain = set(re.findall(r"^\.venv/bin/.*$", README, re.MULTILINE))
    for command in ("selon build seeds/articles", "selon serve", "python -m pytest"):
        assert f".venv/bin/{command}" in plain
        assert f".venv/bin/{command}\n" in makefile
    for command in ("ruff check .", "ruff format --check .", "mypy"):
        assert f".venv/bin/{command}" in README
        assert f".venv/bin/{command}\n" in makefile
    for extra in (".", "'.[dev]'"):
        assert f".venv/bin/pip install --editable {extra} --constraint constraints.txt" in plain


def test_ci_calls_the_readme_s_test_command() -> None:
    """CI runs what a reader is told to run."""
    assert "\nmake test\n" in README
    assert "\nmake test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_picture_is_there_and_small() -> None:
    """The README shows the chat, in a file that costs a reader little."""
    [picture] = re.findall(r"!\[[^\]]{20,}\]\(([^)]+\.png)\)", README)
    assert 10_000 < (ROOT / picture).stat().st_size < 120_000


def test_every_command_is_listed(run_selon: Callable[..., CompletedProcess[str]]) -> None:
    """The table names each command of `selon --help`, and no other."""
    listed = {found for row in rows("| command |") for found in re.findall(r"selon (\w+)", row[0])}
    offered = set(re.findall(r"^    (\w+)(?: |$)", run_selon("--help").stdout, re.MULTILINE)) - {"COMMAND"}
    assert listed == offered


@pytest.mark.real
def test_the_shown_answer_is_real(run_selon: Callable[..., CompletedProcess[str]], real_store: Path) -> None:
    """The answer in the README is what the command prints today."""
    found = re.search(r'\$ selon ask "([^"]+)" -k 1\n(.*?)\n```', README, re.DOTALL)
    assert found
    done = run_selon("ask", found.group(1), "-k", "1", "--store", str(real_store), env={"COLUMNS": "100"})
    assert done.stdout.strip() == found.group(2).strip()
