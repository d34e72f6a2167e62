"""The HTTP service: the contract's routes over a `Reader`, errors in one shape, and the chat at `/`.

The only file that imports fastapi. Handlers are short: what they do stands in the file that
is named for it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader, HTTPBearer
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from index.encode import Encoder
from index.errors import InputError, SelonError
from index.storage.snapshot import Snapshot
from qa import __version__
from qa.answer import ask
from qa.composing.export import FORMATS, written
from qa.http import failures, shapes
from qa.http.access import Access
from qa.http.bodies import AskBody, AskLink, DocumentLink, DocumentsLink, Errors, check_once, wrong
from qa.http.desk import Desk
from qa.http.events import events
from qa.http.guard import Guard
from qa.http.logs import Logged
from qa.http.metrics import MEDIA, Metrics
from qa.http.page import DOCS, Chat, docs
from qa.http.rates import Rate
from qa.http.reader import Reader
from qa.http.status import error_json, status_of
from qa.http.uploads import DESCRIBED, received
from qa.http.wire import (
    answer_json,
    coverage_json,
    document_json,
    fate_json,
    index_json,
    job_json,
    passage_json,
)
from qa.limits import DOCUMENTS, check_limit
from qa.types import Answer
from qa.understanding.filters import read_filters

# Each error with what answers it.
_FAILURES: dict[int | type[Exception], Any] = {
    SelonError: failures.ours,
    RequestValidationError: failures.invalid,
    ClientDisconnect: failures.unread,
    HTTPException: failures.unserved,
}
_STORE = ("no_store", "store_error", "store_mismatch", "store_damaged")
_ANY = ("bad_host", "too_large", "internal")
_READ = ("bad_request", *_ANY, *_STORE)
_WRITE = ("too_many", *_ANY)
_KEEP = ("bad_request", "store_busy", *_STORE, *_WRITE)
_ASK = (
    *("empty_question", "question_too_long", "bad_limit", "unknown_language", "unknown_filter"),
    *("unknown_version", "too_many"),
    *_READ,
)

# The schemes are there for the description; `Access` looks at the headers itself.
_KEYS = [
    Security(HTTPBearer(scheme_name="key", description="a key, as a bearer token", auto_error=False)),
    Security(
        APIKeyHeader(
            name="X-API-Key", scheme_name="header", description="the same key by itself", auto_error=False
        )
    ),
]


def create_app(
    store: Path,
    encoder: Encoder,
    *,
    host: str = "127.0.0.1",
    allow_hosts: Iterable[str] = (),
    threshold: float | None = None,
    api_key: str | None = None,
    read_key: str | None = None,
    ask_rate: str = "off",
    write_rate: str = "off",
    log_questions: bool = False,
    keep: int = 3,
    watch: Path | None = None,
) -> FastAPI:
    """The service over the store at `store`; `host` is the address it will be bound to.

    The further names are those of the settings. Raises NoStore, StoreMismatch or
    StoreDamaged where the store cannot be opened.
    """
    reader = Reader(store, encoder.stamp)
    access = Access(api_key, read_key)
    doors = _Doors(access, Rate(ask_rate), Rate(write_rate))
    metrics = Metrics(lambda: reader.snapshot().manifest)
    desk = Desk(store, encoder, reader, keep, watch, metrics.rebuilt)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        desk.start()
        yield
        await run_in_threadpool(desk.close)

    app = FastAPI(
        title="Selon",
        version=__version__,
        description="Answers questions about news articles with the articles' own words.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        exception_handlers=_FAILURES,
        dependencies=[Depends(_once)],
    )
    app.state.desk = desk
    app.add_middleware(Guard, bound_to=host, allow_hosts=tuple(allow_hosts))
    app.add_middleware(Logged, count=metrics.requested, questions=log_questions)
    _add_pages(app)
    _add_asking(app, doors, reader, encoder, metrics, threshold)
    _add_documents(app, doors, reader, desk)
    _add_rebuilds(app, doors, desk)
    _add_probes(app, doors, reader, access, metrics)
    _add_heads(app)
    return app


class _Doors:
    """What each kind of route checks of who comes, and which errors its description lists."""

    def __init__(self, access: Access, asking: Rate, writing: Rate) -> None:
        locked = access.described["reading"] == "key"

        # Whoever shows a key is counted first, so that keys cannot be tried in haste.
        def may_read(request: Request) -> None:
            if locked:
                asking.check(_address(request))
            access.check_read(request.headers)

        def may_ask(request: Request) -> None:
            asking.check(_address(request))
            access.check_read(request.headers)

        def may_write(request: Request) -> None:
            writing.check(_address(request))
            access.check_write(request.headers)

        keys = _KEYS if locked else []
        self.reads, self.asks = [Depends(may_read), *keys], [Depends(may_ask), *keys]
        self.writes = [Depends(may_write), *_KEYS]
        self._unreadable = ("bad_key", "too_many") if locked else ()
        self._unwritable = ("bad_key",) if access.described["writing"] == "key" else ("writing_off",)

    def read(self, *codes: str) -> Errors:
        return wrong(*codes, *self._unreadable)

    def written_to(self, *codes: str) -> Errors:
        return wrong(*codes, *self._unwritable)


def _add_asking(
    app: FastAPI,
    doors: _Doors,
    reader: Reader,
    encoder: Encoder,
    metrics: Metrics,
    threshold: float | None,
) -> None:
    def answer(request: Request, body: AskBody) -> Answer:
        request.state.question = body.question
        found = ask(
            reader.snapshot(body.version),
            encoder,
            body.question,
            limit=body.limit,
            history=body.history,
            language=body.language,
            filters=read_filters(body.filters),
            threshold=threshold,
        )
        metrics.asked(found)
        return found

    @app.post("/ask", summary="Ask a question", dependencies=doors.asks, responses=doors.read(*_ASK))
    def post_ask(request: Request, body: AskBody) -> shapes.Answer:
        return answer_json(answer(request, body))

    @app.get(
        "/ask",
        summary="Ask a question by a link",
        response_model=shapes.Answer,
        dependencies=doors.asks,
        responses={**doors.read(*_ASK), 200: {"content": {form.media: {} for form in FORMATS.values()}}},
    )
    def get_ask(request: Request, link: Annotated[AskLink, Query()]) -> shapes.Answer | Response:
        if link.format == "json" and link.quote is not None:
            raise InputError(
                f"The quote {link.quote} is not given alone in JSON.",
                f"Leave quote out, or add format={' or '.join(FORMATS)}.",
            )
        found = answer(request, link.body())
        if link.format == "json":
            return answer_json(found)
        taken = written(found, link.format, link.quote)
        return Response(taken, media_type=f"{FORMATS[link.format].media}; charset=utf-8")


def _add_documents(app: FastAPI, doors: _Doors, reader: Reader, desk: Desk) -> None:
    @app.get(
        "/documents",
        summary="List the documents",
        dependencies=doors.reads,
        responses=doors.read("bad_limit", "unknown_version", *_READ),
    )
    def get_documents(link: Annotated[DocumentsLink, Query()]) -> shapes.Documents:
        return _documents(reader.snapshot(link.version), link.limit, link.after)

    @app.get(
        "/documents/{doc_id:path}",
        summary="Read one document and its passages",
        dependencies=doors.reads,
        responses=doors.read("unknown_document", "unknown_version", *_READ),
    )
    def get_document(doc_id: str, link: Annotated[DocumentLink, Query()]) -> shapes.WholeDocument:
        corpus = reader.snapshot(link.version).corpus
        document = corpus.document(doc_id)
        return {
            "document": document_json(document),
            "text": document.text,
            "passages": [passage_json(passage) for passage in corpus.passages_of(doc_id)],
        }

    @app.post(
        "/documents",
        summary="Send documents: files of a form, or texts as JSON",
        status_code=202,
        response_model=shapes.Taken,
        dependencies=doors.writes,
        openapi_extra={"requestBody": DESCRIBED},
        responses=doors.written_to("nothing_taken", *_KEEP),
    )
    async def post_documents(request: Request) -> JSONResponse:
        fates, job = await run_in_threadpool(desk.take, await received(request))
        told = [fate_json(fate) for fate in fates]
        if job is not None:
            return JSONResponse({"files": told, "job": job_json(job)}, 202)
        refused = InputError("No file could be taken.", "Each file says why.", code="nothing_taken")
        return JSONResponse({**error_json(refused), "files": told}, status_of(refused))

    @app.delete(
        "/documents/{doc_id:path}",
        summary="Leave a document out; nothing is purged",
        status_code=202,
        dependencies=doors.writes,
        responses=doors.written_to("unknown_document", *_KEEP),
    )
    def delete_document(doc_id: str) -> shapes.Removed:
        return {"removed": doc_id, "job": job_json(desk.remove(doc_id))}

    @app.post(
        "/documents/{doc_id:path}/restore",
        summary="Let a removed document come back",
        status_code=202,
        dependencies=doors.writes,
        responses=doors.written_to("unknown_document", *_KEEP),
    )
    def post_restore(doc_id: str) -> shapes.Restored:
        return {"restored": doc_id, "job": job_json(desk.restore(doc_id))}


def _add_rebuilds(app: FastAPI, doors: _Doors, desk: Desk) -> None:
    @app.post(
        "/rebuild",
        summary="Read all sources again",
        status_code=202,
        dependencies=doors.writes,
        responses=doors.written_to(*_WRITE),
    )
    def post_rebuild() -> shapes.Started:
        return {"job": job_json(desk.jobs.request())}

    @app.get(
        "/rebuild",
        summary="The running or the last rebuild",
        dependencies=doors.reads,
        responses=doors.read(*_ANY),
    )
    def get_rebuild() -> shapes.Latest:
        job = desk.jobs.latest()
        return {"job": job_json(job) if job else None}

    @app.get(
        "/rebuild/events",
        summary="How a rebuild goes, as server-sent events",
        dependencies=doors.reads,
        response_class=StreamingResponse,
        responses={**doors.read(*_ANY), 200: {"content": {"text/event-stream": {}}}},
    )
    async def get_rebuild_events() -> StreamingResponse:
        return StreamingResponse(events(desk.jobs), media_type="text/event-stream")


def _add_probes(app: FastAPI, doors: _Doors, reader: Reader, access: Access, metrics: Metrics) -> None:
    @app.get("/health", summary="Is the process alive?", responses=wrong(*_ANY))
    def get_health() -> shapes.Health:
        return {"status": "ok", "version": __version__}

    @app.get("/ready", summary="Can it answer?", responses=wrong(*_ANY))
    def get_ready() -> shapes.Ready:
        snapshot = reader.snapshot()
        return {
            "status": "ready",
            "index": index_json(snapshot.manifest),
            "coverage": coverage_json(snapshot.manifest),
            "access": access.described,
            "notice": snapshot.notice,
        }

    @app.get(
        "/metrics",
        summary="Counts for Prometheus",
        dependencies=doors.reads,
        response_class=Response,
        responses={**doors.read(*_ANY), 200: {"content": {MEDIA: {}}}},
    )
    def get_metrics() -> Response:
        return Response(metrics.written(), headers={"content-type": MEDIA})


def _once(request: Request) -> None:
    check_once(request.query_params.multi_items())


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _documents(snapshot: Snapshot, limit: int, after: str | None) -> shapes.Documents:
    check_limit(limit, DOCUMENTS, "documents")
    page: list[shapes.ListedDocument] = []
    for document, passages in snapshot.corpus.documents(after, limit + 1):
        page.append({**document_json(document), "passages": passages})
    more = len(page) > limit
    return {"documents": page[:limit], "next": page[limit - 1]["id"] if more else None}


def _add_pages(app: FastAPI) -> None:
    app.mount("/docs/static", StaticFiles(directory=DOCS), name="docs-static")
    chat = Chat()
    for path in ("/", "/static/{name}"):
        app.add_api_route(path, chat.part, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/docs", docs, include_in_schema=False)


def _add_heads(app: FastAPI) -> None:
    """Serve HEAD wherever GET is, for probes; the description leaves it out."""
    for route in list(app.routes):
        if isinstance(route, APIRoute) and route.methods == {"GET"}:
            app.add_api_route(
                route.path,
                route.endpoint,
                methods=["HEAD"],
                response_model=route.response_model,
                response_class=route.response_class,
                dependencies=route.dependencies,
                include_in_schema=False,
            )
