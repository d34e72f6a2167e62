"""What a request that failed is answered: every error in the one shape, with its status and headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Match

from index.errors import InputError, SelonError
from qa.http.bodies import misread
from qa.http.status import error_json, headers_of, status_of

_STATIC = ("GET", "HEAD")  # of mounted files, which name no methods themselves
_CODES = {404: "not_found", 405: "method_not_allowed"}


def ours(_: Request, error: SelonError) -> JSONResponse:
    """An error of Selon's own."""
    return _told(error)


def invalid(_: Request, error: Any) -> JSONResponse:
    """A request that has not the shape it should: the first thing that fastapi finds wrong with it."""
    return _told(misread(error.errors()[0]))


def unread(_: Request, __: Exception) -> JSONResponse:
    """A body that ended too early. Nobody hears it; the log tells it as any other."""
    return _told(InputError("The body cannot be read.", "GET /docs shows what is expected."))


def unserved(request: Request, error: HTTPException) -> JSONResponse:
    """What the routes themselves refuse: a body that is no JSON, a path or a method that is not served."""
    if error.status_code == 400:
        return unread(request, error)
    message = f"{request.method} {request.url.path[:200]} is not served."
    told = InputError(message, "GET /docs lists what is.", code=_CODES.get(error.status_code, "bad_request"))
    headers = {"Allow": _methods(request)} if error.status_code == 405 else error.headers
    return _told(told, error.status_code, headers)


def _told(
    error: SelonError, status: int | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    return JSONResponse(error_json(error), status or status_of(error), headers=headers or headers_of(error))


def _methods(request: Request) -> str:
    """What the path of a request may be asked with, over all routes that know it."""
    scope = {"type": "http", "method": request.method, "path": request.url.path, "headers": []}
    known = (route for route in request.app.routes if route.matches(scope)[0] is not Match.NONE)
    return ", ".join(sorted({method for route in known for method in getattr(route, "methods", _STATIC)}))
