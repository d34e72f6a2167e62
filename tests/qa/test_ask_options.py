"""What `selon ask` is restricted to and draws: filters, history and the plot, in real processes."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from qa.cli import main

Run = Callable[..., "CompletedProcess[str]"]
ARTICLES = {
    "un.txt": ("Le Phare", "2024-03-01", "Selon la préfecture, la crue de Vireval a détruit 40 maisons."),
    "deux.txt": ("Le Phare", "2024-03-03", "Le maire dément que la crue ait détruit 900 maisons."),
    "trois.txt": ("La Vigie", "2024-03-05", "La crue de Vireval a détruit 12 000 maisons."),
}  # fmt: skip
QUESTION = "Combien de maisons ont été détruites par la crue ?"


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory, run_selon: Run) -> Path:
    """A store of three dated articles of two publishers."""
    folder = tmp_path_factory.mktemp("flood")
    for name, (publisher, day, text) in ARTICLES.items():
        head = f"---\ntitle: Crue, {name}\npublisher: {publisher}\npublished: {day}\n---\n"
        (folder / name).write_text(head + text + "\n", encoding="utf-8")
    done = run_selon("build", str(folder), "--store", str(folder / "store"))
    assert done.returncode == 0, done.stderr
    return folder / "store"


def asked(run_selon: Run, store: Path, *arguments: str) -> dict[str, Any]:
    done = run_selon("ask", *arguments, "--json", "--threshold", "0", "--store", str(store))
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.real
@pytest.mark.parametrize(
    ("filters", "days"),
    [
        (["--after", "2024-03-03"], {"2024-03-03", "2024-03-05"}),
        (["--before", "2024-03-01"], {"2024-03-01"}),
        (["--after", "2024-03-02", "--before", "2024-03-04"], {"2024-03-03"}),
        (["--publisher", "Le Phare"], {"2024-03-01", "2024-03-03"}),
        (["--document", "trois.txt"], {"2024-03-05"}),
        (["--voice", "la préfecture"], {"2024-03-01"}),
        (["--stance", "asserts"], {"2024-03-05"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_filter_restricts_the_quotes(
    run_selon: Run, flood: Path, filters: list[str], days: set[str]
) -> None:
    """Only what the filter admits is quoted; bounds are inclusive."""
    answer = asked(run_selon, flood, QUESTION, "-k", "20", *filters)
    quoted = {quote["document"]["published"] for quote in answer["quotes"] if quote["figures"]}
    assert quoted == days


@pytest.mark.real
@pytest.mark.parametrize(
    "filters",
    [
        *(["--stance", "shouts"], ["--after", "spring"], ["--publisher", "Nobody"]),
        ["--document", "nine.txt"],
        # As of a variable that is not set: the search would be wider than was meant.
        *(["--voice", ""], ["--before", ""], ["--publisher", ""]),
    ],
    ids=" ".join,
)
def test_an_unknown_filter_is_named(run_selon: Run, flood: Path, filters: list[str]) -> None:
    """Exit code 2 and one message with the value; no traceback."""
    done = run_selon("ask", QUESTION, *filters, "--store", str(flood))
    assert done.returncode == 2
    assert repr(filters[1]) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        (["q", "--json", "--format", "markdown"], "--format markdown"),
        (["q", "--why", "--format", "bibtex"], "--why"),
        (["--from", "f.jsonl"], "--json"),
        (["--from", "f.jsonl", "--json", "--history", "q"], "history"),
        (["--from", "f.jsonl", "q"], "one question"),
    ],
)
def test_flags_that_contradict_are_told(
    capsys: pytest.CaptureFixture[str], flags: list[str], named: str
) -> None:
    """No flag is passed over in silence."""
    assert main(["ask", *flags]) == 2
    assert named in capsys.readouterr().err


@pytest.mark.real
def test_history_makes_a_follow_up_whole(run_selon: Run, flood: Path) -> None:
    """The earlier question lends its words, and the answer says how it was understood."""
    answer = asked(run_selon, flood, "et selon le maire ?", "--history", QUESTION)
    assert answer["rewritten"] == "Combien de maisons ont été détruites par la crue selon le maire ?"


@pytest.mark.real
def test_the_plot_is_a_picture_by_day(run_selon: Run, flood: Path, tmp_path: Path) -> None:
    """An SVG of well-formed XML without script: a row for each figure asked for, in order of the days."""
    file = tmp_path / "plot.svg"
    done = run_selon("ask", QUESTION, "--threshold", "0", "--plot", str(file), "--store", str(flood))
    assert done.returncode == 0, done.stderr
    picture = ElementTree.parse(file).getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert picture.tag == f"{space}svg"
    assert not list(picture.iter(f"{space}script"))
    told = [title.text or "" for title in picture.iter(f"{space}title")][1:]
    assert len(told) == 3
    assert [title.split(". ")[1][:10] for title in told] == sorted(day for _, day, _ in ARTICLES.values())
    # 40 and 12 000 lie far apart: the scale is logarithmic, and says so.
    assert "log" in {text.text for text in picture.iter(f"{space}text")}
    places = [float(dot.get("cx") or 0) for dot in picture.iter(f"{space}circle")]
    assert len(places) >= len(told)
    assert all(0 < place < 860 for place in places)
