"""`selon explain`: why a sentence gets its stance, voices and figures."""

from __future__ import annotations

import argparse
from typing import Any

from rich.text import Text

from index import annotate
from index.errors import InputError, shown
from index.language import detect
from qa.commands import OK
from qa.question import says_something
from qa.stdout import Stdout


def explain(given: argparse.Namespace, _: dict[str, Any]) -> int:
    sentence = " ".join(given.sentence)
    if not says_something(sentence):
        raise InputError(f"The sentence {shown(sentence)} says nothing.", 'selon explain "Le maire dément."')
    language = given.language or detect(sentence) or "fr"
    Stdout().print(Text(str(annotate.explain(sentence, language))))
    return OK
