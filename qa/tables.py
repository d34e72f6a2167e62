"""The tables of words and weights, which stand as TOML beside the code that reads them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def read_table(reader: str, name: str) -> dict[str, Any]:
    """The table `name` beside the file `reader`, a module's `__file__`."""
    return tomllib.loads(Path(reader).with_name(name).read_text(encoding="utf-8"))


def read_phrases(reader: str, name: str) -> dict[str, str]:
    """What the tables of `name` list, regular expressions, each table as one that is any of its lines."""
    return {table: "|".join(phrases) for table, phrases in read_table(reader, name).items()}


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of `phrases`, which are regular expressions, where no word goes on before or behind it."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")
