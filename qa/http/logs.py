"""The log: one JSON object a line on stderr, each request with an id that its answer repeats.

What was asked is not in it, unless the service was told so: neither a body, nor the part
of an address behind the « ? », nor a path that no route knows.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

_log = logging.getLogger("selon.requests")
_ID = re.compile(rb"[\w.:-]{1,64}")
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_QUIET = ("/static", "/docs/static")


class Lines(logging.Formatter):
    """A record as one line of JSON: its time, level, message, and the `fields` it carries."""

    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "fields", None) or {"message": record.getMessage()}
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            **fields,
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True)


def start() -> None:
    """Send every record of this process to stderr: requests, and the warnings of all packages."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    _log.setLevel(logging.INFO)


class Logged:
    """ASGI middleware: gives each request its id, and tells what became of it.

    A client may send its own id as X-Request-ID. `count` hears method, route and status. Of a request
    that failed for no foreseen reason the line holds the traceback.
    """

    def __init__(self, app: Any, count: Callable[[str, str, int], None], questions: bool = False) -> None:
        self._app = app
        self._count = count
        self._questions = questions

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex.encode()
        started, status = time.perf_counter(), 500
        scope.setdefault("state", {})

        async def named(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message["headers"], (b"x-request-id", request_id)]}
            await send(message)

        try:
            await self._app(scope, receive, named)
        finally:
            if status == 500 or not scope["path"].startswith(_QUIET):
                self._say(scope, status, request_id.decode(), time.perf_counter() - started)

    def _say(self, scope: Any, status: int, request_id: str, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "-")
        # Any word may stand there; a count for each would be without bound.
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._count(method, route, status)
        fields = {
            "request_id": request_id,
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        if self._questions and "question" in scope["state"]:
            fields["question"] = scope["state"]["question"]
        error = scope["state"].get("error") if status == 500 else None
        level = logging.ERROR if error else logging.INFO
        _log.log(level, "request", exc_info=error, extra={"fields": fields})
