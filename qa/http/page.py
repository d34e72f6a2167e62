"""The chat as a browser is sent it: the files of web/ without their comments and idle white space."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rcssmin import cssmin
from rjsmin import jsmin

WEB = Path(__file__).parents[2] / "web"
_MEDIA = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
_SMALLER = {".html": lambda text: re.sub(r"\n\s*", "", text), ".css": cssmin, ".js": jsmin}


class Part(NamedTuple):
    """One file as it is sent: its body, its media type, and the tag that changes when the body does."""

    body: bytes
    media: str
    tag: str

    def is_held(self, tags: str) -> bool:
        """Whether a browser that holds these tags (an If-None-Match header) has this very body."""
        return tags == "*" or self.tag in (tag.strip().removeprefix("W/") for tag in tags.split(","))


def parts() -> Mapping[str, Part]:
    """Every file of the chat by its name: whatever else is asked for is not there."""
    return {path.name: _part(path) for path in sorted(WEB.iterdir()) if path.suffix in _MEDIA}


def _part(path: Path) -> Part:
    body = _SMALLER[path.suffix](path.read_text(encoding="utf-8")).encode()
    return Part(body, _MEDIA[path.suffix], f'"{hashlib.sha256(body).hexdigest()[:32]}"')
