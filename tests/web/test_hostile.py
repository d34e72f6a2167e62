"""Articles and answers made to do harm, or to be unreadable, do neither."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from reading import ask, gives, highlighted

pytestmark = pytest.mark.real

RLO, ZWJ = "\u202e", "\u200d"
BEFORE = f"👩{ZWJ}🚀 Vu de 🇫🇷 : {RLO}sens inverse. "
SAID = f"<script>document.title='pris'</script> & {RLO}🧨 dix{ZWJ} soldats <img src=x onerror=alert(1)>."
HOSTILE = f"{BEFORE}{SAID}\n\nPuis « {SAID} » 𝒇𝒊𝒏."


def hostile_answer() -> tuple[dict[str, Any], dict[str, Any]]:
    """An answer that quotes the second occurrence of a sentence full of traps, and its article."""
    start = HOSTILE.rindex(SAID)
    span = {"text": SAID, "start": start, "end": start + len(SAID)}
    number = {"text": "dix", "start": start + SAID.index("dix"), "end": start + SAID.index("dix") + 3}
    holder = {"text": "🧨", "start": start + SAID.index("🧨"), "end": start + SAID.index("🧨") + 1}
    document = {
        "id": "a/b?c#d%<b>",
        "title": f"<b>Titre</b> {RLO}🧨",
        "publisher": "javascript:alert(2)",
        "url": "javascript:alert(3)",
        "published": "2024-12-16",
        "language": '"><script>',
        "sha256": "0",
        "stance": {"label": "denies", "counts": {"denies": 1, "<i>": 2}},
    }
    figure = {**number, "low": 10, "high": 10, "approx": False, "unit": None, "kind": "<u>"}
    quote = {
        **span,
        "passage_id": "p",
        "heading": "<h1>",
        "document": document,
        "stance": "denies",
        "cue": None,
        "voices": [{"holder": holder, "stance": "<s>", "cue": None, "resolved": None}],
        "figures": [figure],
        "score": 0.5,
        "before": BEFORE,
        "after": "</blockquote>",
        "also_in": [],
    }
    answer = {
        "question": "q",
        "answered": True,
        "reason": None,
        "rewritten": "<a href=javascript:alert(4)>",
        "quotes": [quote],
        "figures": [
            {"figure": figure, "quote": 0, "holder": "<k>", "stance": "denies", "published": "<d>"},
            {"figure": {**figure, "high": 20}, "quote": 0, "holder": RLO, "stance": "<s>", "published": None},
        ],
        "spread": {"low": 10, "high": 20, "kind": "<u>", "groups": 2},
        "positions": [{"stance": "<s>", "holder": f"<k>{RLO}", "actor": None, "quotes": [0], "steps": []}],
        "contradictions": [{"kind": "<c>", "quotes": [0, 0], "figures": [figure, None]}],
        "suggestions": [{"text": "<b onclick=alert(6)>?", "question": "<i>", "filters": {"<q>": ["<v>"]}}],
        "stances": {"denies": 1},
        "coverage": {"documents": 1, "passages": 2, "undated": 0},
    }
    passage = {key: quote[key] for key in ("passage_id", "heading", "stance", "cue", "voices", "figures")}
    first = {**passage, "text": BEFORE.rstrip(), "start": 0, "end": len(BEFORE.rstrip())}
    return answer, {"document": document, "text": HOSTILE, "passages": [{**passage, **span}, first]}


def test_a_hostile_article_does_no_harm_and_stays_verbatim(open_page: Callable[..., Page]) -> None:
    """Markup, javascript: links, direction overrides and emoji are shown and not obeyed, and the right one
    of two equal sentences is highlighted."""
    answer, article = hostile_answer()
    page = open_page(routes={"**/ask": gives(answer), "**/documents/*": gives(article)})
    page.on("dialog", lambda dialog: pytest.fail(f"the article ran a script: {dialog.message}"))
    ask(page, "<script>alert(5)</script>")
    expect(page.locator(".question")).to_have_text("<script>alert(5)</script>")
    assert page.locator(".words").text_content() == SAID
    expect(page.locator(".plot a")).to_have_count(2)
    expect(page.locator(".positions, .contradictions, .examples")).to_have_count(3)
    assert page.locator(".words .number").text_content() == "dix"
    assert page.locator(".words .holder").text_content() == "🧨"
    expect(page.locator("[href^='javascript'], main script, main img, #article img")).to_have_count(0)
    page.locator(".read").click()
    assert highlighted(page) == SAID
    before = page.locator(".hit").evaluate(
        "hit => { const range = document.createRange();"
        " range.selectNodeContents(document.querySelector('.article-text')); range.setEndBefore(hit);"
        " const before = range.cloneContents();"
        " before.querySelectorAll('.strip').forEach(strip => strip.remove());"
        " return before.textContent }"
    )
    assert before == HOSTILE[: HOSTILE.rindex(SAID)]
    assert page.title() == "Selon"
    assert (
        page.locator("#article [class=furniture]").first.evaluate("e => getComputedStyle(e).unicodeBidi")
        == "isolate"
    )


def test_a_document_of_one_endless_word_is_shown(open_page: Callable[..., Page]) -> None:
    """A million letters without a space break the layout of no screen."""
    answer, article = hostile_answer()
    word = "a" * 1_000_000
    answer["quotes"][0].update(text=word, start=0, end=len(word), voices=[], figures=[])
    article.update(text=word, passages=[])
    page = open_page(
        routes={"**/ask": gives(answer), "**/documents/*": gives(article)},
        viewport={"width": 400, "height": 700},
    )
    ask(page)
    assert page.locator(".words").text_content() == word
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.mark.parametrize(
    "body", [{}, {"answered": True, "quotes": [{}]}, [], None, {"answered": True, "quotes": [None]}]
)
def test_an_unreadable_answer_is_an_error_in_words(open_page: Callable[..., Page], body: Any) -> None:
    """An answer of another shape takes nothing with it: the page says so and works on."""
    page = open_page(routes={"**/ask": gives(body)})
    ask(page)
    expect(page.locator(".error .lead")).to_have_text("Le service a répondu quelque chose d’illisible.")
