"""The command line: `selon build | ask | evaluate | explain | serve | watch`, and what looks after a store:
`documents | versions | rollback | verify | remove | forget | doctor`.

Text for people on a terminal, JSON for programs, messages on stderr. Exit code 0:
answered or done; 1: no answer; 2: wrong use, bad input, or damage found. A command and the heavy
packages that it needs are imported when it is run, so that `--help` appears at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from errno import ENOSPC
from io import TextIOWrapper
from pkgutil import resolve_name
from typing import Any, NoReturn

from index.errors import InputError, SelonError
from qa import __version__
from qa.commands import OK, WRONG
from qa.limits import USUAL_QUOTES
from qa.settings import BY_NAME, path, resolve


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. No traceback reaches the user."""
    parser = build_parser()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # What its encoding lacks fails no answer.
    try:
        given = parser.parse_args(arguments)
        settings = resolve(vars(given))
        code = int(resolve_name(given.run)(given, settings))
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


def _checked(kind: Callable[[str], Any]) -> Callable[[str], Any]:
    """A kind of value as argparse wants it: of a ValueError it would not tell the reason."""

    def checked(text: str) -> Any:
        try:
            return kind(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{text!r} cannot be used: {error}") from None

    return checked


_place = _checked(path)
# The settings of whatever reads articles or questions.
_INDEXED = ("store", "model", "query_prompt", "passage_prompt")


class _Parser(argparse.ArgumentParser):
    """Argument errors in the shape of all others."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[:1].upper()}{message[1:]}.", f"See {self.prog} --help.")


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options; those that are settings come from the table of settings."""
    parser = _Parser(
        prog="selon",
        description="Answers questions about news articles with the articles' own words.",
        epilog="Exit code 0: answered or done; 1: no answer; 2: wrong use, bad input, or damage found.",
    )
    parser.add_argument("--version", action="version", version=f"selon {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    build = _command(commands, "build", "read articles into the index", *_INDEXED, "keep")
    build.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=_place,
        help="a file or folder of articles (text, HTML, PDF, Word, mail, feeds, .jsonl, .zip); "
        "none: read every known source again",
    )

    _add_ask(commands)
    _add_evaluate(commands)

    explain = _command(commands, "explain", "show why a sentence gets its stance, voices and figures")
    explain.add_argument("sentence", metavar="SENTENCE", nargs="+", help="quotation marks or not")
    explain.add_argument("--language", choices=("fr", "en"), help="default: detected")

    served = ("host", "port", "allow_hosts", "proxies", "threshold", "watch", "ask_rate", "write_rate")
    _command(commands, "serve", "serve the chat and the API", *_INDEXED, *served, "log_questions", "keep")

    watch = _command(
        commands,
        "watch",
        "read the articles of a folder as they come and go",
        *_INDEXED,
        "keep",
        module="build",
    )
    watch.add_argument("folder", metavar="FOLDER", type=_place, help="the folder to follow")

    _add_upkeep(commands)

    doctor = _command(
        commands,
        "doctor",
        "say what is installed and stored, what is wrong, and the cure",
        *_INDEXED,
    )
    doctor.add_argument("--json", action="store_true", help="the findings for a program")
    return parser


def _add_ask(commands: Any) -> None:
    """The command that asks, with what a question is restricted to."""
    ask = _command(commands, "ask", "ask a question", *_INDEXED, "threshold")
    ask.add_argument(
        "question", metavar="QUESTION", nargs="*", help="in French or English, quotation marks or not"
    )
    ask.add_argument(
        "-k",
        metavar="N",
        type=int,
        default=USUAL_QUOTES,
        help=f"how many quotes at most (default: {USUAL_QUOTES})",
    )
    ask.add_argument("--json", action="store_true", help="the answer as POST /ask gives it")
    ask.add_argument(
        "--from",
        dest="source",
        metavar="FILE.jsonl",
        type=_place,
        help='questions, one {"query_id", "text", "history"} a line (-: stdin); an answer a line',
    )
    ask.add_argument(
        "--format",
        choices=("json", "markdown", "bibtex", "text"),
        help="the answer to take away (default: for a terminal)",
    )
    ask.add_argument("--why", action="store_true", help="show what each quote's score is made of")
    ask.add_argument(
        "--plot", metavar="FILE.svg", type=_place, help="draw the figures of a how-many question"
    )
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


def _add_evaluate(commands: Any) -> None:
    """The command that measures."""
    evaluate = _command(commands, "evaluate", "measure answers on labelled questions", *_INDEXED, "threshold")
    evaluate.add_argument("file", metavar="FILE.jsonl", type=_place, help="labelled questions, one a line")
    evaluate.add_argument("--json", action="store_true", help="all that was measured, for a program")
    evaluate.add_argument("--rows", action="store_true", help="each question: its rank, and what was found")
    evaluate.add_argument(
        "--curve", metavar="FILE.svg", type=_place, help="draw wrong first quotes by share answered"
    )
    evaluate.add_argument("--against", metavar="DIR", type=_place, help="compare with this store")
    evaluate.add_argument("--against-model", metavar="MODEL", help="the model of the other store")


def _add_upkeep(commands: Any) -> None:
    """The commands that look after a store."""
    documents = _command(
        commands, "documents", "list the documents of the index with their ids", "store", module="manage"
    )
    documents.add_argument("--json", action="store_true", help="the documents for a program")

    versions = _command(commands, "versions", "list the kept versions of the index", "store", module="manage")
    versions.add_argument("--json", action="store_true", help="the versions for a program")

    back = _command(
        commands, "rollback", "make an earlier version of the index current", "store", module="manage"
    )
    back.add_argument("version", metavar="VERSION", nargs="?", help="default: the one before the current")

    verify = _command(commands, "verify", "check every byte of the kept versions", "store", module="manage")
    verify.add_argument("--json", action="store_true", help="the findings for a program")

    for name, help_, gone in (
        ("remove", "leave a document out of the index", "removed"),
        ("forget", "purge a document from every kept version", "forgotten"),
    ):
        command = _command(commands, name, help_, "store", module="manage")
        command.add_argument("document", metavar="DOCUMENT", help="its id, as selon documents lists it")
        command.add_argument("--undo", action="store_true", help=f"let a {gone} document come back")


def _command(
    commands: Any, name: str, help_: str, *settings: str, module: str | None = None
) -> argparse.ArgumentParser:
    """A command, which the function of its name carries out, in the `module` of its name or of another.

    `settings` become its flags.
    """
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help_,
        description=help_[0].upper() + help_[1:] + ".",
        formatter_class=lambda prog: argparse.HelpFormatter(prog, max_help_position=30),
    )
    parser.set_defaults(run=f"qa.commands.{module or name}:{name}")
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


if __name__ == "__main__":
    sys.exit(main())
