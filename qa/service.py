"""The HTTP service: the contract's routes over a `Reader`, errors in one shape, and the chat at `/`.

The only file that imports fastapi.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ConfigDict, Field, StrictInt
from starlette.exceptions import HTTPException

from index.encode import Encoder
from index.errors import InputError, SelonError
from index.snapshot import Snapshot
from qa import __version__
from qa.answer import ask
from qa.export import FORMATS
from qa.filters import read_filters
from qa.guard import Guard
from qa.reader import Reader
from qa.status import STATUS, status_of
from qa.types import Answer
from qa.wire import JSON, answer_json, document_json, passage_json

PAGE = 100


class AskBody(BaseModel):
    """A question and how to answer it."""

    model_config = ConfigDict(extra="forbid")
    question: str = Field(examples=["Combien de soldats ?"])
    limit: StrictInt = Field(5, description="how many quotes at most, 1 to 50")
    history: list[str] = Field(default=[], description="earlier questions of the conversation, oldest first")
    language: str | None = Field(None, description="fr or en; detected when null")
    version: str | None = Field(None, description="a kept version of the index; the current one when null")
    filters: dict[str, Any] = Field(
        default={},
        description="stance, voice, document, publisher, after, before",
        examples=[{"stance": ["doubts"]}],
    )


class AskLink(BaseModel):
    """A question as a link asks it: the fields of `AskBody` and of its filters, side by side."""

    model_config = ConfigDict(extra="forbid")
    q: str = Field(description="the question")
    limit: int = 5
    history: list[str] = Field(default=[], description="earlier questions, oldest first")
    language: str | None = None
    version: str | None = Field(None, description="a kept version of the index")
    stance: list[str] = []
    voice: str | None = None
    document: list[str] = []
    publisher: list[str] = []
    after: str | None = None
    before: str | None = None
    format: Literal["json", "markdown", "bibtex", "text"] = Field(
        "json", description="how the answer is written"
    )

    def body(self) -> AskBody:
        names = ("stance", "voice", "document", "publisher", "after", "before")
        filters = {name: value for name in names if (value := getattr(self, name))}
        return AskBody(
            question=self.q,
            limit=self.limit,
            history=self.history,
            language=self.language,
            version=self.version,
            filters=filters,
        )


def create_app(
    store: Path,
    encoder: Encoder,
    *,
    host: str = "127.0.0.1",
    allow_hosts: Iterable[str] = (),
    threshold: float | None = None,
) -> FastAPI:
    """The service over the store at `store`; `host` is the address it will be bound to.

    Raises NoStore, StoreMismatch or StoreDamaged where the store cannot be opened.
    """
    reader = Reader(store, encoder.stamp)
    app = FastAPI(
        title="Selon",
        version=__version__,
        description="Answers questions about news articles with the articles' own words.",
        docs_url=None,
        redoc_url=None,
        responses={400: {"description": "Bad input, as {error: {code, message, hint}}"}},
    )
    app.add_middleware(Guard, bound_to=host, allow_hosts=tuple(allow_hosts))
    _add_errors(app)
    _add_pages(app)

    def answer(body: AskBody) -> Answer:
        return ask(
            reader.snapshot(body.version),
            encoder,
            body.question,
            limit=body.limit,
            history=body.history,
            language=body.language,
            filters=read_filters(body.filters),
            threshold=threshold,
        )

    @app.post("/ask", summary="Ask a question")
    def post_ask(body: AskBody) -> JSON:
        return answer_json(answer(body))

    @app.get("/ask", summary="Ask a question by a link", response_model=None)
    def get_ask(link: Annotated[AskLink, Query()]) -> JSON | Response:
        found = answer(link.body())
        if link.format == "json":
            return answer_json(found)
        write, media = FORMATS[link.format]
        return Response(write(found), media_type=f"{media}; charset=utf-8")

    @app.get("/documents", summary="List the documents")
    def get_documents(limit: int = PAGE, after: str | None = None) -> JSON:
        return _documents(reader.snapshot(), limit, after)

    @app.get("/documents/{doc_id:path}", summary="Read one document and its passages")
    def get_document(doc_id: str) -> JSON:
        corpus = reader.snapshot().corpus
        document = corpus.document(doc_id)
        return {
            "document": document_json(document),
            "text": document.text,
            "passages": [passage_json(passage) for passage in corpus.passages_of(doc_id)],
        }

    @app.get("/health", summary="Is the process alive?")
    def get_health() -> JSON:
        return {"status": "ok", "version": __version__}

    @app.get("/ready", summary="Can it answer?")
    def get_ready() -> JSON:
        manifest = reader.snapshot().manifest
        return {
            "status": "ready",
            "index": {"version": manifest.version, "model": manifest.model.name, "built": manifest.built},
            "coverage": {
                "documents": manifest.documents,
                "passages": manifest.passages,
                "undated": manifest.undated,
            },
        }

    return app


def _documents(snapshot: Snapshot, limit: int, after: str | None) -> JSON:
    if not 1 <= limit <= 1000:
        raise InputError(
            f"The limit {limit} is not served.", "Ask for 1 to 1000 documents.", code="bad_limit"
        )
    page: list[JSON] = []
    for document, passages in snapshot.corpus.documents(after, limit + 1):
        page.append({**document_json(document), "passages": passages})
    more = len(page) > limit
    return {"documents": page[:limit], "next": page[limit - 1]["id"] if more else None}


def _add_pages(app: FastAPI) -> None:
    chat = Path(__file__).parent.parent / "web"
    swagger = Path(str(files("fastapi_swagger.resources")))
    app.mount("/static", StaticFiles(directory=chat), name="static")
    app.mount("/docs/static", StaticFiles(directory=swagger), name="docs-static")

    @app.get("/", include_in_schema=False)
    def get_chat() -> FileResponse:
        return FileResponse(chat / "index.html", headers={"cache-control": "no-cache"})

    @app.get("/docs", include_in_schema=False)
    def get_docs() -> HTMLResponse:
        return HTMLResponse(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Selon: the service</title>'
            '<link rel="icon" href="data:,">'
            '<link rel="stylesheet" href="/docs/static/swagger-ui.css"><div id="swagger-ui"></div>'
            '<script src="/docs/static/swagger-ui-bundle.js"></script><script src="/static/docs.js"></script>'
        )


def _add_errors(app: FastAPI) -> None:
    def respond(status: int, code: str, message: str, hint: str) -> JSONResponse:
        return JSONResponse({"error": {"code": code, "message": message, "hint": hint}}, status)

    @app.exception_handler(SelonError)
    def ours(_: Request, error: SelonError) -> JSONResponse:
        return respond(status_of(error), error.code, error.message, error.hint)

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        value = repr(first.get("input"))[:80]
        message = f"The request is wrong at {place}: {first['msg']}, not {value}."
        return respond(STATUS["bad_request"], "bad_request", message, "GET /docs shows what is expected.")

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> JSONResponse:
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "bad_request")
        message = f"{request.method} {request.url.path} is not served."
        return respond(error.status_code, code, message, "GET /docs lists what is.")

    @app.exception_handler(Exception)
    def unforeseen(_: Request, error: Exception) -> JSONResponse:
        return respond(
            500, "internal", f"Something unforeseen went wrong ({type(error).__name__}).", "Please report it."
        )
