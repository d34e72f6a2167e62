"""`selon explain`: why a sentence gets its stance, voices and figures."""

from __future__ import annotations

import argparse
from typing import Any

from rich.text import Text

from index import annotate
from index.errors import InputError
from index.language import detect
from qa.commands import OK
from qa.question import says_something
from qa.stdout import Stdout


def explain(given: argparse.Namespace, _: dict[str, Any]) -> int:
    if not says_something(given.sentence):
        raise InputError(f"The sentence {given.sentence!r} says nothing.", 'selon explain "Le maire dément."')
    language = given.language or detect(given.sentence) or "fr"
    Stdout().print(Text(str(annotate.explain(given.sentence, language))))
    return OK
