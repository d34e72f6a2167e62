"""The command line: `selon build | ask | evaluate | explain | serve | watch`, and what looks after a store:
`versions | rollback | verify | remove | forget | doctor`.

Text for people on a terminal, JSON for programs, messages on stderr. Exit code 0:
answered or done; 1: no answer; 2: wrong use, bad input, or damage found. Heavy packages are imported
by the command that needs them, so that `--help` appears at once.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from errno import ENOSPC
from io import TextIOWrapper
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, NoReturn

from index.errors import InputError, SelonError, shown
from qa import __version__
from qa.settings import BY_NAME, path, resolve

if TYPE_CHECKING:
    from index.encode import Encoder
    from index.storage.snapshot import Snapshot
    from qa.evaluation.labelled import LabelledQuestion
    from qa.evaluation.trial import Trial
    from qa.types import Answer, Filters

OK, NO_ANSWER, WRONG = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. No traceback reaches the user."""
    parser = _parser()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # What its encoding lacks fails no answer.
    try:
        given = parser.parse_args(arguments)
        settings = resolve(vars(given))
        code = int(given.run(given, settings))
        if sys.stdout:
            sys.stdout.flush()
        return code
    except SelonError as error:
        print(f"selon: {error.message}\n       {error.hint}".rstrip(), file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print("selon: stopped; nothing was left half done.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader (`head`, say) has gone.
        _drop_output()
        return OK
    except Exception as error:
        if isinstance(error, OSError) and error.errno == ENOSPC:
            _drop_output()
            print("selon: The disk is full: not all was written.\n       Free some space.", file=sys.stderr)
            return WRONG
        if sys.flags.dev_mode:
            raise
        print(
            f"selon: something unforeseen went wrong ({type(error).__name__}: {error}).\n"
            "       Please report it; python -X dev -m qa.cli … shows where.",
            file=sys.stderr,
        )
        return WRONG


def _drop_output() -> None:
    """End quietly, also when Python flushes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _build(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from index.build import build
    from qa.commands.terminal import progress, say_built

    with progress() as reporter:
        report = build(settings["store"], given.paths, _encoder(settings), reporter, settings["keep"])
    say_built(report)
    return OK


def _ask(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from index.storage.snapshot import open_snapshot
    from qa.answer import ask
    from qa.evaluation.labelled import holds_nothing, read_lines

    given.question = " ".join(given.question) if given.question else None
    if (given.question is None) == (given.source is None):
        raise InputError("Ask one question, or give a file of them.", 'selon ask "how many soldiers?"')
    if given.json and given.format not in (None, "json"):
        raise InputError(f"--json and --format {given.format} are two forms.", "Give one of them.")
    given.format = "json" if given.json else given.format
    if given.why and given.format not in (None, "json"):
        raise InputError(f"The form {given.format} has no place for --why.", "Take --json, or no form.")
    if given.source and (given.format != "json" or given.plot):
        raise InputError("A file of questions is answered in JSON.", "Add --json, and leave --plot out.")
    if given.source and given.history:
        raise InputError("A file of questions brings its own history.", 'Write "history" into its lines.')
    filters = _filters(given)
    # A bad file is said before a model is loaded.
    asked = [raw for _, raw in read_lines(given.source)] if given.source else []
    if given.source and not asked:
        raise holds_nothing(given.source)
    encoder = _matching_encoder(settings)
    snapshot = open_snapshot(settings["store"], encoder.stamp)
    if snapshot.notice:
        print(f"selon: {snapshot.notice}", file=sys.stderr)
    if given.source:
        return _ask_many(asked, given, settings, snapshot, encoder)
    answer = ask(
        snapshot,
        encoder,
        given.question,
        limit=given.k,
        history=given.history,
        filters=filters,
        threshold=settings["threshold"],
    )
    if given.plot:
        _draw(answer, given.plot)
    _say(answer, given.format, given.why)
    return OK if answer.answered else NO_ANSWER


def _filters(given: argparse.Namespace) -> Filters:
    """The filters of the flags, in the words of `POST /ask`."""
    from qa.understanding.filters import NAMES, read_filters

    return read_filters({name: value for name in NAMES if (value := getattr(given, name))})


def _say(answer: Answer, form: str | None, explained: bool) -> None:
    from qa.commands.terminal import show
    from qa.composing.export import written
    from qa.http.wire import answer_json

    if form is None:
        show(answer, explained)
    elif form == "json":
        print(json.dumps(answer_json(answer, explained), ensure_ascii=False, indent=2))
    else:
        print(written(answer, form), end="")


def _draw(answer: Answer, file: Path) -> None:
    from qa.composing.plot import plot

    if all(row.apart for row in answer.figures):
        print("selon: no figure answers this question; nothing was drawn.", file=sys.stderr)
        return
    _write(file, plot(answer))


def _write(file: Path, picture: str) -> None:
    try:
        file.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"The picture {str(file)!r} cannot be written: {error.strerror}.", "Name another file."
        ) from error


def _ask_many(
    asked: Sequence[Mapping[str, Any]],
    given: argparse.Namespace,
    settings: dict[str, Any],
    snapshot: Snapshot,
    encoder: Encoder,
) -> int:
    """An answer a line; a question that cannot be asked gets an error in its line, and the rest go on."""
    from qa.answer import ask
    from qa.http.status import error_json
    from qa.http.wire import answer_json

    code = OK
    for raw in asked:
        line: Mapping[str, object]
        try:
            line = answer_json(
                ask(
                    snapshot,
                    encoder,
                    raw["text"],
                    limit=given.k,
                    history=_history(raw),
                    filters=_filters(given),
                    threshold=settings["threshold"],
                ),
                given.why,
            )
        except InputError as error:
            line, code = error_json(error), WRONG
        print(json.dumps({"query_id": raw.get("query_id"), **line}, ensure_ascii=False))
    return code


def _history(raw: Mapping[str, Any]) -> list[str]:
    history = raw.get("history") or []
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise InputError(
            f"The history {shown(history)} is no list of questions.",
            'Write "history": ["an earlier question", "…"].',
            code="bad_request",
        )
    return history


def _evaluate(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from qa.evaluation.curve import curves_by_language, draw
    from qa.evaluation.labelled import holds_nothing, read_questions
    from qa.evaluation.tables import show_report
    from qa.evaluation.trial import report

    questions = read_questions(given.file)
    if not questions:
        raise holds_nothing(given.file)
    trial = _trial(settings, questions)
    other = None
    if given.against or given.against_model:
        there = {"store": given.against, "model": given.against_model}
        other = _trial({**settings, **{name: value for name, value in there.items() if value}}, questions)
    if given.curve:
        title = f"{given.file.name}: wrong first quotes by share of questions answered"
        _write(given.curve, draw(curves_by_language(trial.unrefused), title))
    found = report(trial, other)
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        show_report(found, given.rows)
    return OK


def _trial(settings: dict[str, Any], questions: Sequence[LabelledQuestion]) -> Trial:
    from index.storage.snapshot import open_snapshot
    from qa.evaluation.trial import run

    encoder = _matching_encoder(settings)
    return run(open_snapshot(settings["store"], encoder.stamp), encoder, questions, settings["threshold"])


def _explain(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from index.annotate import explain
    from index.language import detect
    from qa.commands.terminal import show_explanation
    from qa.question import says_something

    sentence = " ".join(given.sentence)
    if not says_something(sentence):
        raise InputError(f"The sentence {shown(sentence)} says nothing.", 'selon explain "Le maire dément."')
    show_explanation(explain(sentence, given.language or detect(sentence) or "fr"))
    return OK


def _serve(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from index.storage.snapshot import expect_model
    from qa.http.serve import serve

    if settings["watch"]:
        settings["watch"] = _folder(settings["watch"])
    elif not settings["api_key"]:
        expect_model(settings["store"], settings["model"])  # Where nothing can arrive, a store must be there.
    serve(settings, lambda: _encoder(settings))
    return OK


def _folder(named: Path) -> Path:
    if not named.is_dir():
        raise InputError(
            f"There is no folder {str(named)!r}.", "Name a folder of articles.", code="no_such_path"
        )
    return named.resolve()


def _watch(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from qa.commands.follow import follow_folder

    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    follow_folder(settings["store"], _folder(given.folder), _encoder(settings), settings["keep"], stop)
    return OK


def _remove(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from qa.commands.manage import remove_document

    print(remove_document(settings["store"], given.document, given.undo))
    return OK


def _doctor(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from qa.commands.doctor import examine, say_findings

    findings = examine(settings, lambda: _encoder(settings))
    healthy = all(finding.well for finding in findings)
    if given.json:
        shown = [asdict(finding) for finding in findings]
        print(json.dumps({"well": healthy, "findings": shown}, ensure_ascii=False, indent=2))
    else:
        print(say_findings(findings))
    return OK if healthy else WRONG


def _versions(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from qa.commands.manage import list_versions, say_versions

    versions = list_versions(settings["store"])
    print(json.dumps({"versions": versions}, indent=2) if given.json else say_versions(versions))
    return OK


def _rollback(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from qa.commands.manage import roll_back

    print(roll_back(settings["store"], given.version))
    return OK


def _verify(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from qa.commands.manage import check

    checked, said, whole = check(settings["store"])
    print(
        json.dumps({"whole": whole, "versions": checked}, ensure_ascii=False, indent=2)
        if given.json
        else said
    )
    return OK if whole else WRONG


def _forget(given: argparse.Namespace, settings: dict[str, Any]) -> int:
    from qa.commands.manage import forget_document

    print(forget_document(settings["store"], given.document, given.undo))
    return OK


def _encoder(settings: dict[str, Any]) -> Encoder:
    from index.encode import load_encoder

    return load_encoder(
        settings["model"], settings["query_prompt"], settings["passage_prompt"], settings["store"]
    )


def _matching_encoder(settings: dict[str, Any]) -> Encoder:
    """The encoder; a store that is missing or of another model is said before any model is looked for."""
    from index.storage.snapshot import expect_model

    expect_model(settings["store"], settings["model"])
    return _encoder(settings)


class _Parser(argparse.ArgumentParser):
    """Argument errors in the shape of all others."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[:1].upper()}{message[1:]}.", f"See {self.prog} --help.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="selon",
        description="Answers questions about news articles with the articles' own words.",
        epilog="Exit code 0: answered or done; 1: no answer; 2: wrong use, bad input, or damage found.",
    )
    parser.add_argument("--version", action="version", version=f"selon {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    model = ("model", "query_prompt", "passage_prompt")
    place = _checked(path)

    build = _command(commands, "build", "read articles into the index", _build, "store", *model, "keep")
    build.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=place,
        help="a file or folder of articles (text, HTML, PDF, Word, mail, feeds, .jsonl, .zip); "
        "none: read every known source again",
    )

    ask = _command(commands, "ask", "ask a question", _ask, "store", *model, "threshold")
    ask.add_argument(
        "question", metavar="QUESTION", nargs="*", help="in French or English, quotation marks or not"
    )
    ask.add_argument("-k", metavar="N", type=int, default=5, help="how many quotes at most (default: 5)")
    ask.add_argument("--json", action="store_true", help="the answer as POST /ask gives it")
    ask.add_argument(
        "--from",
        dest="source",
        metavar="FILE.jsonl",
        type=place,
        help='questions, one {"query_id", "text", "history"} a line (-: stdin); an answer a line',
    )
    ask.add_argument(
        "--format",
        choices=("json", "markdown", "bibtex", "text"),
        help="the answer to take away (default: for a terminal)",
    )
    ask.add_argument("--why", action="store_true", help="show what each quote's score is made of")
    ask.add_argument("--plot", metavar="FILE.svg", type=place, help="draw the figures of a how-many question")
    ask.add_argument(
        "--history",
        metavar="QUESTION",
        action="append",
        default=[],
        help="an earlier question; may be repeated",
    )
    ask.add_argument(
        "--stance",
        action="append",
        metavar="STANCE",
        help="asserts, reports, doubts, denies or neutral; may be repeated",
    )
    ask.add_argument("--voice", metavar="NAME", help="only where this one speaks, under any of its names")
    ask.add_argument("--document", action="append", metavar="ID", help="only this document; may be repeated")
    ask.add_argument(
        "--publisher", action="append", metavar="NAME", help="only this publisher; may be repeated"
    )
    ask.add_argument("--after", metavar="DAY", help="only documents of this day (YYYY-MM-DD) or later")
    ask.add_argument("--before", metavar="DAY", help="only documents of this day or earlier")

    evaluate = _command(
        commands, "evaluate", "measure answers on labelled questions", _evaluate, "store", *model, "threshold"
    )
    evaluate.add_argument("file", metavar="FILE.jsonl", type=place, help="labelled questions, one a line")
    evaluate.add_argument("--json", action="store_true", help="all that was measured, for a program")
    evaluate.add_argument("--rows", action="store_true", help="each question: its rank, and what was found")
    evaluate.add_argument(
        "--curve", metavar="FILE.svg", type=place, help="draw wrong first quotes by share answered"
    )
    evaluate.add_argument("--against", metavar="DIR", type=place, help="compare with this store")
    evaluate.add_argument("--against-model", metavar="MODEL", help="the model of the other store")

    explain = _command(
        commands, "explain", "show why a sentence gets its stance, voices and figures", _explain
    )
    explain.add_argument("sentence", metavar="SENTENCE", nargs="+", help="quotation marks or not")
    explain.add_argument("--language", choices=("fr", "en"), help="default: detected")

    _command(
        commands,
        "serve",
        "serve the chat and the API",
        _serve,
        "store",
        *model,
        "host",
        "port",
        "allow_hosts",
        "proxies",
        "threshold",
        "watch",
        "ask_rate",
        "write_rate",
        "log_questions",
        "keep",
    )

    watch = _command(
        commands,
        "watch",
        "read the articles of a folder as they come and go",
        _watch,
        "store",
        *model,
        "keep",
    )
    watch.add_argument("folder", metavar="FOLDER", type=place, help="the folder to follow")

    versions = _command(commands, "versions", "list the kept versions of the index", _versions, "store")
    versions.add_argument("--json", action="store_true", help="the versions for a program")

    back = _command(commands, "rollback", "make an earlier version of the index current", _rollback, "store")
    back.add_argument("version", metavar="VERSION", nargs="?", help="default: the one before the current")

    verify = _command(commands, "verify", "check every byte of the kept versions", _verify, "store")
    verify.add_argument("--json", action="store_true", help="the findings for a program")

    remove = _command(commands, "remove", "leave a document out of the index", _remove, "store")
    remove.add_argument("document", metavar="DOCUMENT", help="its id, as selon ask --json gives it")
    remove.add_argument("--undo", action="store_true", help="let a removed document come back")

    forget = _command(commands, "forget", "purge a document from every kept version", _forget, "store")
    forget.add_argument("document", metavar="DOCUMENT", help="its id, as selon ask --json gives it")
    forget.add_argument("--undo", action="store_true", help="let a forgotten document come back")

    doctor = _command(
        commands,
        "doctor",
        "say what is installed and stored, what is wrong, and the cure",
        _doctor,
        "store",
        *model,
    )
    doctor.add_argument("--json", action="store_true", help="the findings for a program")
    return parser


def _command(commands: Any, name: str, help_: str, run: Any, *settings: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help_,
        description=help_[0].upper() + help_[1:] + ".",
        formatter_class=lambda prog: argparse.HelpFormatter(prog, max_help_position=30),
    )
    parser.set_defaults(run=run)
    for key in settings:
        setting = BY_NAME[key]
        default = "" if setting.default in (None, "", False) else f" (default: {setting.default})"
        help_ = f"{setting.help}{default}; or {setting.variable}"
        if setting.default is False:
            parser.add_argument(setting.flag, action="store_const", const=True, help=help_)
        else:
            parser.add_argument(
                setting.flag, type=_checked(setting.kind), metavar=setting.metavar, help=help_
            )
    return parser


def _checked(kind: Callable[[str], Any]) -> Callable[[str], Any]:
    """A kind of value as argparse wants it: of a ValueError it would not tell the reason."""

    def checked(text: str) -> Any:
        try:
            return kind(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{text!r} cannot be used: {error}") from None

    return checked


if __name__ == "__main__":
    sys.exit(main())
