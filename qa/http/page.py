"""What a browser is sent: the chat, whose files lose their comments and idle white space, and `/docs`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from rcssmin import cssmin
from rjsmin import jsmin
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

# What shows the description of the service, without a host of others.
DOCS = Path(str(files("fastapi_swagger.resources")))
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


class Chat:
    """The chat's parts, read and made smaller once."""

    def __init__(self) -> None:
        self._parts = parts()

    def part(self, request: Request, name: str = "index.html") -> Response:
        """The part of this name, or that the browser holds it already; raises HTTPException where none is."""
        part = self._parts.get(name)
        if part is None:
            raise HTTPException(404)
        # A browser asks each time whether its own is still right: pages of two releases never mix.
        headers = {"etag": part.tag, "cache-control": "no-cache"}
        if part.is_held(request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        return Response(part.body, media_type=part.media, headers=headers)


def docs() -> HTMLResponse:
    """The page that shows the description of the service, and lets try it."""
    return HTMLResponse(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Selon: the service</title>'
        '<link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/docs/static/swagger-ui.css"><div id="swagger-ui"></div>'
        '<script src="/docs/static/swagger-ui-bundle.js"></script><script src="/static/docs.js"></script>'
    )


def parts() -> Mapping[str, Part]:
    """Every file of the chat by its name: whatever else is asked for is not there."""
    return {path.name: _part(path) for path in sorted(WEB.iterdir()) if path.suffix in _MEDIA}


def _part(path: Path) -> Part:
    body = _SMALLER[path.suffix](path.read_text(encoding="utf-8")).encode()
    return Part(body, _MEDIA[path.suffix], f'"{hashlib.sha256(body).hexdigest()[:32]}"')
