"""What comes with `POST /documents`: files of a form, or documents as JSON."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from index.errors import InputError, shown
from qa.http.arrivals import MOST_FILES, Sent
from qa.http.bodies import PostedDocuments, misread

FORM = "multipart/form-data"
# In one piece: nothing else of the description refers to a posted document.
_JSON = PostedDocuments.model_json_schema()
_JSON["properties"]["documents"]["items"] = _JSON.pop("$defs")["PostedDocument"]
# How the two look, for the description of the service.
DESCRIBED: dict[str, Any] = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "required": ["files"],
                "properties": {
                    "files": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": MOST_FILES,
                        "items": {"type": "string", "format": "binary"},
                    }
                },
            }
        },
        "application/json": {"schema": _JSON},
    },
}


async def received(request: Request) -> list[Sent]:
    """What the request carries, as files; raises InputError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == FORM:
        return await _from_form(request)
    if kind == "application/json":
        return _from_json(await request.body())
    raise InputError(
        f"Documents cannot be sent {f'as {shown(kind)}' if kind else 'without a content-type'}.",
        f"Send a form ({FORM}) with parts named files, or JSON.",
    )


async def _from_form(request: Request) -> list[Sent]:
    try:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FILES) as form:
            files = [part for part in form.getlist("files") if isinstance(part, UploadFile)]
            sent = [Sent(file.filename or "", await file.read()) for file in files]
    except HTTPException as error:
        hint = f"Send at most {MOST_FILES} files at once, as multipart/form-data."
        raise InputError(f"The form cannot be read: {error.detail}", hint) from None
    if not sent:
        raise InputError("The form holds no file.", "Send each as a part named files.")
    return sent


def _from_json(body: bytes) -> list[Sent]:
    try:
        posted = PostedDocuments.model_validate_json(body)
    except ValidationError as error:
        raise misread(error.errors()[0]) from None
    return [
        Sent(found.name, found.text.encode(), found.model_dump(exclude={"name", "text"}))
        for found in posted.documents
    ]
