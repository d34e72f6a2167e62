"""Every setting, once: its name, default and help. Flags, defaults and README derive from it.

The only file that reads the environment. A flag wins over its variable, a variable
over the default.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import SettingError
from index.models import DEFAULT_MODEL


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `kind` turns its text into a value and raises ValueError when it cannot.

    A secret has no flag, because others see the command lines of a machine, and no message
    shows its value.
    """

    name: str
    default: Any
    help: str
    kind: Any = str
    metavar: str = "TEXT"
    secret: bool = False

    @property
    def variable(self) -> str:
        return "SELON_" + self.name.upper()

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")


def path(text: str) -> Path:
    """A file or folder; raises ValueError for "", which would mean the folder one stands in."""
    return Path(_given(text))


def _given(text: str) -> str:
    if not text:
        raise ValueError("it is empty")
    return text


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise ValueError("a port is a number from 0 to 65535")
    return int(text)


def _chance(text: str) -> float:
    if text in ("careful", "default", "eager"):
        from qa.rank import threshold  # Late: it loads numpy, and --help must not.

        return threshold(text)
    if not re.fullmatch(r"0?\.\d+|[01](\.0*)?", text):
        raise ValueError("a chance is careful, default, eager, or a number from 0 to 1")
    return float(text)


def _count(text: str) -> int:
    if not re.fullmatch(r"0*[1-9]\d{0,8}", text):
        raise ValueError("a number of versions is 1 or more")
    return int(text)


def _key(text: str) -> str:
    if len(text) < 12 or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("a key has at least 12 letters, digits or signs, and no space")
    return text


def _rate(text: str) -> str:
    if not re.fullmatch(r"[1-9]\d{0,8}/(second|minute|hour)|off", text):
        raise ValueError("a rate is written as 60/minute (or second, or hour), or off")
    return text


def _yes(text: str) -> bool:
    if text.lower() not in ("1", "yes", "true", "0", "no", "false"):
        raise ValueError("it is yes or no")
    return text.lower() in ("1", "yes", "true")


SETTINGS = (
    Setting("store", Path(".selon/store"), "the folder that holds the index", path, "DIR"),
    Setting("model", DEFAULT_MODEL, "a sentence-transformers folder or hub name", _given, "MODEL"),
    Setting("query_prompt", None, "what the model wants before a question (E5: 'query: ')"),
    Setting("passage_prompt", None, "what the model wants before a passage (E5: 'passage: ')"),
    Setting("keep", 3, "how many versions of the index are kept", _count, "N"),
    Setting("host", "127.0.0.1", "the address to serve on; 0.0.0.0 lets others read", _given, "ADDRESS"),
    Setting("port", 8000, "the port to serve on; 0 takes a free one", _port, "PORT"),
    Setting("allow_hosts", "", "further host names that may be asked for, separated by commas", str, "NAMES"),
    Setting(
        "proxies",
        "",
        "addresses of proxies whose X-Forwarded-For is believed, separated by commas",
        str,
        "ADDRESSES",
    ),
    Setting(
        "threshold", None, "least chance to answer: careful, default, eager, or 0 to 1", _chance, "CHANCE"
    ),
    Setting("watch", None, "a folder whose articles are read as they come and go", path, "FOLDER"),
    Setting(
        "api_key",
        None,
        "the key that writing needs, 12 letters or more; none: writing is off",
        _key,
        secret=True,
    ),
    Setting("read_key", None, "a key that reading needs too; none: reading is open", _key, secret=True),
    Setting(
        "ask_rate", "600/minute", "how often one address may ask (or read by key), or off", _rate, "RATE"
    ),
    Setting("write_rate", "60/minute", "how often one address may write, or off", _rate, "RATE"),
    Setting("log_questions", False, "write the questions into the log too", _yes),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


def resolve(given: Mapping[str, Any]) -> dict[str, Any]:
    """Every setting's value: from `given` (None: not given), the environment, or the default.

    Raises SettingError naming the variable and its value.
    """
    values = {}
    for setting in SETTINGS:
        value = given.get(setting.name)
        if value is None:
            value = _from_environment(setting)
        values[setting.name] = value
    return values


def _from_environment(setting: Setting) -> Any:
    text = os.environ.get(setting.variable)
    if text is None or text == "":
        return setting.default
    try:
        return setting.kind(text)
    except ValueError as error:
        shown = "a value that cannot be used" if setting.secret else f"the value {text!r}"
        raise SettingError(
            f"The variable {setting.variable} has {shown}: {error}.",
            f"Correct it or unset it: it sets {setting.name} ({setting.help}).",
        ) from error
