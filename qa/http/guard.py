"""What stands before every request: whose name was asked for, how much is sent, what a browser may do.

Plain ASGI middleware. A page of another site can make a browser send requests to
127.0.0.1 under that site's name (DNS rebinding); a Host header that is not ours is
therefore refused before anything is read.
"""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Iterable
from typing import Any

from index.errors import InputError, SelonError, shown
from qa.http.status import error_json, status_of

LARGEST_BODY = 1_000_000
LARGEST_UPLOAD = 65 * 1024 * 1024  # bytes: an archive of 64 MB, and what a form adds to it
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Swagger UI styles its elements in place; nothing else of the page's policy is loosened.
DOCS_POLICY = PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class Guard:
    """Refuses foreign hosts and oversized bodies; adds the headers that keep a browser strict.

    Answers for errors that nobody foresaw, and leaves them in the request's state for the log.
    """

    def __init__(self, app: Any, bound_to: str, allow_hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._open_to_others = not is_loopback(bound_to)
        self._names = {"localhost", bound_to.lower(), *(name.lower() for name in allow_hosts)}
        if self._open_to_others:
            self._names |= {socket.gethostname().lower(), socket.getfqdn().lower()}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = _with_headers(send, scope["path"])
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        if not self.is_ours(host):
            hint = "Ask for 127.0.0.1, or name the host with --allow-hosts."
            await _refuse(
                send, InputError(f"The host {shown(host)} is not served here.", hint, code="bad_host")
            )
            return
        most = LARGEST_UPLOAD if (scope["method"], scope["path"]) == ("POST", "/documents") else LARGEST_BODY
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and (len(length) > 18 or int(length) > most):
            await _refuse(send, _too_large(most))
            return
        body = _Body(receive, send, most)
        try:
            await self._app(scope, body.receive, body.send)
        except Exception as error:
            if body.answered:
                raise  # Half an answer cannot be taken back.
            scope.setdefault("state", {})["error"] = error
            message = f"Something unforeseen went wrong ({type(error).__name__})."
            await _refuse(body.send, InputError(message, "Please report it.", code="internal"))
        finally:
            await body.end()

    def is_ours(self, host: str) -> bool:
        """Whether a Host header names this service: a name of its own, or a fitting address."""
        name = _without_port(host).lower().rstrip(".")
        if name in self._names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        # An address cannot be rebound to another machine, a name can.
        return self._open_to_others or address.is_loopback


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a service bound to `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


class _Body:
    """A body without a declared length, read up to `most` bytes; then the answer is a refusal."""

    def __init__(self, receive: Any, send: Any, most: int) -> None:
        self._receive, self._send = receive, send
        self._most = most
        self._read = 0
        self.answered = False

    async def receive(self) -> Any:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        # The service stops reading, as if the client had gone.
        return {"type": "http.disconnect"} if self._read > self._most else message

    async def send(self, message: Any) -> None:
        if self._read <= self._most or self.answered:
            self.answered = True
            await self._send(message)

    async def end(self) -> None:
        """Refuse what was too large, whatever the service made of its sudden end."""
        if self._read > self._most and not self.answered:
            await _refuse(self._send, _too_large(self._most))


def _with_headers(send: Any, path: str) -> Any:
    policy = DOCS_POLICY if path.startswith("/docs") else PAGE_POLICY

    async def add(message: Any) -> None:
        if message["type"] == "http.response.start":
            extra = [*_HEADERS, (b"content-security-policy", policy.encode())]
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return add


def _too_large(most: int) -> InputError:
    return InputError(f"The request has more than {most} bytes.", "Send less at once.", code="too_large")


async def _refuse(send: Any, error: SelonError) -> None:
    body = json.dumps(error_json(error)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status_of(error), "headers": headers})
    await send({"type": "http.response.body", "body": body})
