"""The command line as its users meet it: real processes, exit codes, and what is said where."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from threading import Event
from typing import Any

import pytest
from encoders import TrigramEncoder

from index.build import build
from index.encode import Encoder
from index.errors import DocumentError
from qa.__main__ import main
from qa.cli import build_parser
from qa.commands.build import follow_folder
from qa.commands.doctor import examine
from qa.commands.terminal import say_built
from qa.evaluation.tables import show_report
from qa.settings import resolve

Run = Callable[..., "CompletedProcess[str]"]
COMMANDS = [
    name
    for action in build_parser()._actions
    if isinstance(action, argparse._SubParsersAction)
    for name in action.choices
]


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_imports_nothing_heavy(run_selon: Run, command: str | None) -> None:
    """`--help` is there at once: no command's help loads a heavy package. All but explain's name a store."""
    arguments = [command, "--help"] if command else ["--help"]
    code = (
        "import sys; from qa.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'faiss', 'fastapi', 'sentence_transformers', 'numpy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parent.parent.parent,
    )
    assert done.returncode == 0, done.stderr
    assert "usage: selon" in done.stdout
    assert ("--store" in done.stdout) is (command not in (None, "explain"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["dance"], "dance"),
        (["ask"], "Ask one question"),
        (["ask", "a", "--from", "b"], "Ask one question"),
        (["ask", "combien ?", "-k", "many"], "many"),
        (["ask", "combien ?", "--threshold", "7"], "7"),
        (["ask", "combien ?", "--store", "nowhere"], "selon build"),
        (["ask", "combien", "de", "morts", "--store", "nowhere"], "selon build"),
        (["serve", "--store", "nowhere"], "selon build"),
        (["evaluate", "nowhere.jsonl", "--store", "nowhere"], "nowhere.jsonl"),
        (["build", "nowhere"], "nowhere"),
    ],
)
def test_wrong_use_is_said_and_exits_with_2(
    run_selon: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    """One message on stderr that names the value, nothing on stdout, no traceback, exit code 2."""
    done = run_selon(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("target", ["a reader that has gone", "/dev/full"])
def test_what_cannot_be_written_is_not_taken_for_no_answer(target: str) -> None:
    """`selon … | head` succeeds, and a full disk is told; neither has the exit code of no answer."""
    if target == "/dev/full":
        if not Path(target).exists():
            pytest.skip("only Linux has one")
        output = os.open(target, os.O_WRONLY)
    else:
        read, output = os.pipe()
        os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "qa.cli", "explain", "Le maire dément."],
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        cwd=Path(__file__).parent.parent.parent,
    )
    os.close(output)
    full = target == "/dev/full"
    assert done.returncode == (2 if full else 0)
    assert ("The disk is full" in done.stderr) is full
    assert "Exception" not in done.stderr


def test_who_stops_it_at_once_sees_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while the command line itself is still being read."""

    class Stopped:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name == "qa.cli":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "qa.cli")
    monkeypatch.setattr(sys, "meta_path", [Stopped, *sys.meta_path])
    assert main() == 130


def test_what_an_encoding_lacks_is_shown_by_its_number(run_selon: Run) -> None:
    """An old terminal, or a file that a system writes in its own encoding, gets all the rest."""
    done = run_selon("explain", "Le", "maire", "dément.", env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "d\\xe9ment" in done.stdout


def test_a_variable_with_a_bad_value_is_named(run_selon: Run) -> None:
    """The message names the variable."""
    done = run_selon("ask", "a", env={"SELON_THRESHOLD": "often"})
    assert done.returncode == 2
    assert "SELON_THRESHOLD" in done.stderr


@pytest.mark.real
def test_ask_in_json(run_selon: Run, real_store: Path, service: Any) -> None:
    """The JSON is the service's, the time it took aside; the exit code says whether there was an answer."""
    done = run_selon("ask", "Combien de soldats ?", "-k", "2", "--json", "--store", str(real_store))
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["answered"]
    assert len(answer["quotes"]) == 2
    assert done.stderr == ""
    status, served = service.send("POST", "/ask", {"question": "Combien de soldats ?", "limit": 2})
    assert status == 200
    assert {**answer, "took_ms": 0} == {**served, "took_ms": 0}


@pytest.mark.real
def test_no_answer_exits_with_1(run_selon: Run, real_store: Path) -> None:
    """« No answer » is said without a source."""
    done = run_selon("ask", "how do I cook rice?", "--store", str(real_store))
    assert done.returncode == 1
    assert "No passage found" in done.stdout
    assert "«" not in done.stdout


@pytest.mark.real
def test_a_file_of_questions(run_selon: Run, real_store: Path, tmp_path: Path) -> None:
    """A question a line, an answer a line, each with its query_id; the model is loaded once.

    A pipe is a file too. One that cannot be asked gets its error in its line, and stops no other.
    """
    file = tmp_path / "asked.jsonl"
    lines = [
        {"query_id": "half", "text": "Combien de soldats \ud800 ?"},
        {"query_id": "a", "text": "Combien de soldats ?"},
        {"query_id": "b", "text": "how do I cook rice?"},
    ]
    # With the mark that Windows puts at the beginning.
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8-sig")
    with file.open() as stdin:
        done = run_selon("ask", "--from", "-", "--json", "--store", str(real_store), stdin=stdin)
    assert done.returncode == 2, done.stderr
    half, *answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (half["query_id"], half["error"]["code"]) == ("half", "bad_request")
    assert [answer["query_id"] for answer in answers] == ["a", "b"]
    assert [answer["answered"] for answer in answers] == [True, False]


def test_the_doctor_goes_on_whatever_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is missing, a disk that does not answer: each is told, and the rest is looked at."""

    def load() -> Encoder:
        raise ModuleNotFoundError("No module named 'tokenizers'")

    def usage(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("shutil.disk_usage", usage)
    found = {one.name: one for one in examine(resolve({"store": tmp_path / "store"}), load)}
    assert found["packages"].well
    for name, said in (("model", "tokenizers"), ("disk", "Input/output error")):
        assert not found[name].well
        assert said in found[name].said
        assert found[name].cure
    assert {"store", "posted", "service"} <= set(found)


def test_the_doctor_loads_the_model_once(seed_store: Path) -> None:
    """All that needs it is told of one."""
    loads: list[Encoder] = []

    def load() -> Encoder:
        loads.append(TrigramEncoder())
        return loads[-1]

    found = {one.name: one for one in examine(resolve({"store": seed_store}), load)}
    assert found["model"].well
    assert found["opened"].well
    assert len(loads) == 1


def test_foreign_text_is_shown_to_the_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder, an error or a type of question in brackets is no mark-up: nothing of it is lost or fails."""

    def build(*_: object, **__: object) -> None:
        raise DocumentError("The file '[/x]' is broken.", "Mend it.")

    monkeypatch.setattr("qa.commands.build.changes", lambda *_, **__: iter([None]))
    monkeypatch.setattr("qa.commands.build.build_index", build)
    follow_folder(tmp_path, Path("/data/[archive]"), TrigramEncoder(), 3, Event())
    said = capsys.readouterr().err
    assert "/data/[archive]" in said
    assert "'[/x]'" in said
    row = {"questions": 1}
    measured = {"measures": {"all": row, "[/x]": row}, "AUROC": None, "calibration": {"error": None}}
    show_report({**measured, "risk_coverage": {"[/y]": {"AURC": None}}}, rows=False)
    told = capsys.readouterr().out
    assert "[/x]" in told
    assert "[/y]" in told


@pytest.mark.real
def test_text_for_people(run_selon: Run, real_store: Path) -> None:
    """Quote, stance and source in the question's language; in a file no colour code, no broken quote."""
    done = run_selon("ask", "Combien de soldats ?", "--store", str(real_store))
    assert "\x1b[" not in done.stdout
    assert re.search("^   « .{150,} »$", done.stdout, re.MULTILINE), "a quote is broken over lines"
    assert "Recherche dans 121 passages de 5 articles, dont 5 sans date." in done.stdout
    assert "l’article rapporte" in done.stdout
    assert "reports" not in done.stdout


@pytest.mark.real
def test_a_second_build_encodes_nothing(run_selon: Run, real_store: Path) -> None:
    """Nothing changed: no passage is encoded and no version published."""
    done = run_selon("build", "--store", str(real_store))
    assert "unchanged" in done.stderr
    assert " 0 encoded" in done.stderr


def test_a_build_that_left_articles_out_says_so_at_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last line is about them, so that nobody takes the index for whole; none is said of a whole one."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("La crue a détruit le pont de Vireval.", encoding="utf-8")
    say_built(build(tmp_path / "store", [news], TrigramEncoder()))
    assert "NOT IN THE INDEX" not in capsys.readouterr().err
    (news / "b.md").write_text("---\npublished: hier\n---\nLe pont rouvre.", encoding="utf-8")
    say_built(build(tmp_path / "store", [news], TrigramEncoder()))
    said = capsys.readouterr().err.splitlines()
    assert "b.md" in said[0]
    assert said[-1].startswith("NOT IN THE INDEX: 1")


def test_caution_is_a_setting_in_words() -> None:
    """`--threshold careful` is the published threshold of that name."""
    from qa.rank import threshold
    from qa.settings import BY_NAME

    chance = BY_NAME["threshold"].kind
    assert [chance(word) for word in ("eager", "default", "careful")] == [
        threshold("eager"), threshold(), threshold("careful"),
    ]  # fmt: skip
    assert chance("0.25") == 0.25
