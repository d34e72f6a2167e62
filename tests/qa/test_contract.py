"""The service does what its own description says: schemathesis sends what fits it and what does not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from encoders import TrigramEncoder
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from newsroom import TEXTS, write
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from index.build import build
from qa.service import create_app

EXAMPLES = 60
WEB = Path(__file__).parent.parent.parent / "web"
SCRIPTS = "".join((WEB / name).read_text("utf-8") for name in ("api.js", "render.js"))
KEY = "a-key-for-writing"
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
    allow_header_conformance,
    ignored_auth,
]


OPERATIONS = [
    ("GET", "/ask"),
    ("POST", "/ask"),
    ("GET", "/documents"),
    ("POST", "/documents"),
    ("GET", "/documents/{doc_id}"),
    ("DELETE", "/documents/{doc_id}"),
    ("POST", "/documents/{doc_id}/restore"),
    ("GET", "/rebuild"),
    ("POST", "/rebuild"),
    ("GET", "/rebuild/events"),
    ("GET", "/health"),
    ("GET", "/ready"),
    ("GET", "/metrics"),
]


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What the service says of itself, with the service behind it."""
    place = tmp_path_factory.mktemp("contract")
    build(place / "store", [write(place / "news", TEXTS)], TrigramEncoder())
    app = create_app(place / "store", TrigramEncoder(), allow_hosts=["testserver"], api_key=KEY)
    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    app.state.desk.close()


def test_every_route_is_tried(description: Any) -> None:
    """The list above is the service's own."""
    found = {(one.ok().method.upper(), one.ok().path) for one in description.get_all_operations()}
    assert found == set(OPERATIONS)


def test_every_reference_leads_somewhere(description: Any) -> None:
    """What the pages at /docs unfold is in the description."""
    whole = description.raw_schema
    references = re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(whole))
    assert references
    for reference in references:
        at = whole
        for part in reference.split("/"):
            at = at[part]


def test_every_answer_has_a_shape(description: Any) -> None:
    """No answer in JSON is described as any object at all."""
    whole = description.raw_schema
    for path, method in ((path, method.lower()) for method, path in OPERATIONS):
        for status, answer in whole["paths"][path][method]["responses"].items():
            if "application/json" in answer.get("content", {}):
                name = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
                assert whole["components"]["schemas"][name]["required"], (method, path, status)


def test_the_description_tells_which_requests_need_a_key(tmp_path: Path) -> None:
    """Those that write, and where there is a key for reading all but the signs of life."""
    build(tmp_path / "store", [write(tmp_path / "news", TEXTS)], TrigramEncoder())
    written = {one for one in OPERATIONS if one[0] != "GET" and one[1] != "/ask"}
    read = {*OPERATIONS} - {("GET", "/health"), ("GET", "/ready")}
    for key, locked in ((None, written), ("a-key-for-reading", read)):
        app = create_app(tmp_path / "store", TrigramEncoder(), api_key=KEY, read_key=key)
        paths = app.openapi()["paths"]
        routes = {
            (method.upper(), path): route for path, found in paths.items() for method, route in found.items()
        }
        assert {one for one, route in routes.items() if route.get("security")} == locked
        assert {one for one, route in routes.items() if "401" in route["responses"]} == locked
        counted = {one for one, route in routes.items() if "429" in route["responses"]}
        assert counted == locked | {("GET", "/ask"), ("POST", "/ask")}
        schemes = app.openapi()["components"]["securitySchemes"].values()
        assert {scheme.get("name", scheme.get("scheme")) for scheme in schemes} == {"bearer", "X-API-Key"}


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: str(part))
def test_every_answer_is_described(description: Any, method: str, path: str, mode: GenerationMode) -> None:
    """No 5xx, no status, type or shape that the description does not name, and no bad input let through."""
    operation = description[path][method]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
    def answers(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {KEY}"}, checks=CHECKS)

    try:
        answers()
    except Unsatisfiable:
        pytest.skip("nothing can be sent to it that is wrong")


def test_the_described_limits_are_those_kept(description: Any) -> None:
    """The least and the most that is named is served, what lies beyond is not; the chat knows them too."""
    whole = description.raw_schema
    client = TestClient(description.app)
    for path, query in (("/ask", {"q": "Combien ?"}), ("/documents", {})):
        parameters = whole["paths"][path]["get"]["parameters"]
        limit = next(one["schema"] for one in parameters if one["name"] == "limit")
        least, most = limit["minimum"], limit["maximum"]
        for asked in (least - 1, least, most, most + 1):
            answer = client.get(path, params={**query, "limit": asked})
            assert answer.status_code == (200 if least <= asked <= most else 400), asked
        assert f"{least} to {most}" in answer.json()["error"]["hint"]
        assert str(most) in re.findall(r"\b(?:MOST = |limit=)(\d+)", SCRIPTS), path
