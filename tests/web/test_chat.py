"""The chat in a real browser, over the real service: what a reader sees and can do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect
from reading import MANY, QUESTION, STANCES, ask, gives, highlighted, holding_time

from qa.http.page import WEB, parts

pytestmark = pytest.mark.real


# --- asking ---


def test_asking_by_keyboard_gives_quotes_with_stance_and_source(open_page: Callable[..., Page]) -> None:
    """Whoever opens the page can type and press Enter: no other gesture is needed."""
    page = open_page()
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    first = page.locator(".quote").first
    expect(first.locator(".words")).to_contain_text("30 soldats nord-coréens")
    expect(first.locator(".quote-head .badge")).to_have_text(STANCES)
    expect(first.locator("cite")).not_to_be_empty()
    expect(first.locator("blockquote")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("status")).to_contain_text(re.compile("passages? cité"))
    expect(page.locator(".coverage")).to_contain_text("5 articles")
    expect(page.get_by_role("textbox")).to_be_focused()
    expect(page.get_by_role("textbox")).to_have_value("")


def test_the_quote_shown_is_the_articles_to_the_letter(open_page: Callable[..., Page], seeds: Path) -> None:
    """Underlining holders, cues and figures leaves every character of the quote as it was."""
    page = open_page()
    ask(page)
    articles = [path.read_bytes().decode() for path in seeds.glob("*.txt")]
    words = page.locator(".words").all_text_contents()
    assert words
    assert all(any(quote in article for article in articles) for quote in words)


def test_figures_stand_side_by_side(open_page: Callable[..., Page]) -> None:
    """A table names each figure, who gives it and what the article does, and leads to the quote."""
    page = open_page()
    ask(page)
    table = page.get_by_role("table", name="Chiffres, côte à côte")
    expect(table.get_by_role("columnheader")).to_have_text(["Chiffre", "Selon"])
    expect(table.locator(".badge").first).to_have_text(STANCES)
    expect(table.locator(".amount").first).to_contain_text("30")
    table.get_by_role("link").first.click()
    expect(page.locator(".quote").first).to_be_focused()


def test_keys_break_the_line_recall_and_clear(open_page: Callable[..., Page]) -> None:
    """Shift+Enter breaks the line, Escape clears, the up arrow brings the last question back."""
    page = open_page()
    box = page.get_by_role("textbox")
    box.press_sequentially("a")
    box.press("Shift+Enter")
    box.press_sequentially("b")
    expect(box).to_have_value("a\nb")
    box.press("Escape")
    expect(box).to_have_value("")
    ask(page)
    box.press("ArrowUp")
    expect(box).to_have_value(QUESTION)


def test_an_example_of_the_first_page_is_a_question(open_page: Callable[..., Page]) -> None:
    """The three examples speak of what the articles' titles share."""
    page = open_page()
    examples = page.locator(".examples button")
    expect(examples).to_have_count(3)
    expect(examples.first).to_contain_text("oldats nord-coréens")
    examples.first.click()
    expect(page.locator(".quote").first).to_be_visible()


def test_an_example_is_asked_as_it_would_be_typed(open_page: Callable[..., Page]) -> None:
    """The restriction that is on display holds for it too."""
    page = open_page()
    page.get_by_role("button", name="Cet article seul").last.click()
    page.locator(".examples button").first.click()
    expect(page.locator(".turn")).to_contain_text("Restreint à :")


def test_escape_closes_the_dialog_and_not_what_lies_under_it(open_page: Callable[..., Page]) -> None:
    """Who declines to give a key stays where they were."""
    page = open_page("/#/documents")
    expect(page.locator("#article .shelf > li")).not_to_have_count(0)
    page.evaluate("document.getElementById('key').showModal()")
    page.keyboard.press("Escape")
    expect(page.locator("#key")).to_be_hidden()
    expect(page.locator("#article")).to_be_visible()


def test_a_link_asks_its_question_once(open_page: Callable[..., Page]) -> None:
    """/?q= asks on load; a reload then shows the answer and does not ask again."""
    page = open_page("/?q=Combien+de+soldats+%3F")
    expect(page.locator(".question")).to_have_text("Combien de soldats ?")
    page.wait_for_selector(".quote")
    page.reload()
    expect(page.locator(".question")).to_have_count(1)


def test_a_refusal_shows_no_source(open_page: Callable[..., Page]) -> None:
    """Where the articles have no answer the page says so, names no article, and denies nothing."""
    page = open_page(locale="en-GB")
    ask(page, "how do I cook rice?")
    turn = page.locator(".turn")
    expect(turn.locator(".refusal")).to_contain_text("Nothing in these articles answers this question.")
    expect(turn.locator("cite, blockquote, .read")).to_have_count(0)


@pytest.mark.parametrize(
    "reason", ["empty_index", "filtered_out", "nothing_near", "no_figure", "other_actor", "new"]
)
def test_every_reason_has_words(open_page: Callable[..., Page], reason: str) -> None:
    """A reason is said in words, never as its code, also one that a later service invents."""
    answer = {"question": "q", "answered": False, "reason": reason, "quotes": [], "figures": []}
    page = open_page(routes={"**/ask": gives(answer)})
    ask(page)
    expect(page.locator(".refusal")).not_to_be_empty()
    expect(page.locator(".turn")).not_to_contain_text(reason)


def test_an_error_is_told_and_the_question_kept(open_page: Callable[..., Page]) -> None:
    """What the service refuses is said in words, and stands in the box again to be mended."""
    long = "combien " * 130
    page = open_page(f"/?q={long}")
    expect(page.locator(".error")).to_have_text(re.compile("^Une question a 1.000 caractères au plus.$"))
    expect(page.get_by_role("button", name="Réessayer")).to_have_count(0)
    expect(page.get_by_role("textbox")).to_have_value(long.strip())


def test_a_question_without_a_word_is_told_in_the_reader_s_language(open_page: Callable[..., Page]) -> None:
    """Nothing of the service's own English stands where the page has words for it."""
    page = open_page()
    ask(page, "?!")
    expect(page.locator(".error")).to_have_text("Il n’y a pas de mot dans cette question.")


def test_a_draft_is_not_lost_to_another_question(open_page: Callable[..., Page]) -> None:
    """Asking an earlier question again empties the box of that question alone."""
    page = open_page(routes={"**/ask": gives({}, 503)})
    ask(page)
    box, retry = page.get_by_role("textbox"), page.get_by_role("button", name="Réessayer")
    expect(box).to_have_value(QUESTION)
    box.fill("un brouillon")
    page.unroute("**/ask")
    retry.click()
    expect(page.locator(".quote")).not_to_have_count(0)
    expect(box).to_have_value("un brouillon")
    page.route("**/ask", gives({}, 503))
    ask(page, MANY)
    expect(box).to_have_value(MANY)
    page.unroute("**/ask")
    retry.click()
    expect(retry).to_have_count(0)
    expect(box).to_have_value("")


def test_text_can_be_dropped_into_the_box(open_page: Callable[..., Page]) -> None:
    """Files are kept from replacing the page; what else is dropped is the browser's to take."""
    page = open_page()
    dropped = """kind => {
        const dataTransfer = new DataTransfer();
        if (kind === "text") dataTransfer.setData("text/plain", "combien ?");
        else dataTransfer.items.add(new File(["a"], "a.txt"));
        const drop = type => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
        const box = document.querySelector("#question");
        return ["dragover", "drop"].map(type => box.dispatchEvent(drop(type)));
    }"""
    assert page.evaluate(dropped, "text") == [True, True]
    assert page.evaluate(dropped, "file") == [False, False]


def test_more_than_a_question_may_have_cannot_be_typed(open_page: Callable[..., Page]) -> None:
    """So that no question is refused for its length."""
    page = open_page()
    ask(page, "combien " * 1000)
    expect(page.locator(".error")).to_have_count(0)
    expect(page.locator(".question")).to_have_text(("combien " * 125).strip())


@pytest.mark.parametrize("width", [360, 1280])
def test_who_pastes_too_much_is_told_that_it_is_cut(open_page: Callable[..., Page], width: int) -> None:
    """Below the box and aloud, for as long as the box is full."""
    allowed = ["clipboard-read", "clipboard-write"]
    page = open_page(viewport={"width": width, "height": 740}, permissions=allowed)
    page.evaluate("navigator.clipboard.writeText('combien '.repeat(200))")
    box, full = page.get_by_role("textbox"), page.get_by_text("1 000 caractères au plus")
    box.press("Control+V")
    expect(full.first).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("caractères au plus")
    box.press("Control+Backspace")
    box.press("Control+Backspace")
    expect(page.locator("#keys")).not_to_contain_text("caractères")
    box.press_sequentially("de soldats ou de marins ?")
    expect(page.locator("#keys")).to_contain_text("caractères")
    box.press("Enter")
    expect(page.locator("#keys")).not_to_contain_text("caractères")


def test_a_service_that_comes_back_is_asked_again(open_page: Callable[..., Page]) -> None:
    """A service that is away is asked again by itself; the question is not lost."""
    page = open_page()
    passing = holding_time(page)
    page.route("**/ask", lambda route: route.abort())
    ask(page)
    expect(page.locator(".error .lead")).to_contain_text("Le service ne répond pas")
    page.unroute("**/ask")
    passing(2)
    expect(page.locator(".quote").first).to_be_visible()
    expect(page.locator(".question")).to_have_text(QUESTION)


def test_more_passages_join_the_first(open_page: Callable[..., Page]) -> None:
    """The passages beyond the first five can be asked for."""
    page = open_page()
    ask(page, "Combien de soldats nord-coréens ?")
    expect(page.locator(".quote")).to_have_count(5)
    page.get_by_role("button", name="Voir plus de passages").click()
    expect(page.locator(".quote").nth(5)).to_be_focused()
    expect(page.locator(".quote").nth(5).locator(".words")).to_be_in_viewport()


@pytest.mark.parametrize("failure", [429, 503, None])
def test_more_passages_that_do_not_come_take_none_away(
    open_page: Callable[..., Page], failure: int | None
) -> None:
    """The quotes stay, the button says why and can be pressed again, and the focus stays on it."""
    page = open_page()
    ask(page, "Combien de soldats nord-coréens ?")
    error = {"code": "x", "message": "m", "hint": "h"}
    refused = gives({"error": error}, failure) if failure else lambda route: route.abort()
    page.route("**/ask", refused)
    passing = holding_time(page)
    more = page.locator("[data-action=more]")
    more.press("Enter")
    said = {429: "Trop de demandes", 503: "pas prêt", None: "ne répond pas"}[failure]
    expect(more).to_contain_text(said)
    expect(page.get_by_role("status")).to_contain_text(said)
    expect(page.locator(".quote")).to_have_count(5)
    expect(page.locator(".error")).to_have_count(0)
    passing(2)
    expect(more).to_have_text("Voir plus de passages")
    expect(more).to_be_focused()
    page.unroute("**/ask")
    more.press("Enter")
    expect(page.locator(".quote").nth(5)).to_be_focused()


def test_an_older_reply_never_takes_the_place_of_a_newer_one(open_page: Callable[..., Page]) -> None:
    """More passages that come late, when the question has been asked anew meanwhile, come to nothing."""
    page = open_page()
    ask(page, "Combien de soldats ?")
    ask(page, "et à Koursk ?")
    waiting: list[Route] = []
    page.route("**/ask", lambda route: waiting.append(route))
    turn = page.locator(".turn").last
    turn.locator("[data-action=more]").click()
    with page.expect_request("**/ask"):
        turn.locator("[data-action=alone]").click()
    more, alone = waiting
    for route in (alone, more):
        with page.expect_response("**/ask"):
            route.continue_()
        page.wait_for_timeout(100)
        expect(turn.locator(".quote")).to_have_count(5)
        expect(turn.locator(".rewritten")).to_have_count(0)


@pytest.mark.parametrize("fails", [False, True])
def test_a_question_that_is_cleared_meanwhile_leaves_no_trace(
    open_page: Callable[..., Page], fails: bool
) -> None:
    """Neither its answer nor its error comes back into the page, the box, or what is announced."""
    page = open_page()
    waiting: list[Route] = []
    page.route("**/ask", lambda route: waiting.append(route))
    box = page.get_by_role("textbox")
    box.fill(QUESTION)
    with page.expect_request("**/ask") as sent:
        box.press("Enter")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Effacer").click()
    if fails:
        waiting[0].fulfill(status=500, json={})
    else:
        waiting[0].continue_()
    sent.value.response()
    page.wait_for_timeout(200)
    expect(page.locator(".turn, .error")).to_have_count(0)
    expect(box).to_have_value("")
    expect(page.get_by_role("status")).to_be_empty()


def test_typing_leaves_the_reader_where_they_are(open_page: Callable[..., Page]) -> None:
    """A question can be typed while its forerunner's answer is read, however far up."""
    page = open_page()
    ask(page, MANY)
    page.evaluate("scrollTo(0, 300)")
    page.get_by_role("textbox").press_sequentially("et Kiev ?")
    assert page.evaluate("scrollY") == 300


def test_the_bars_never_hide_what_has_the_focus(open_page: Callable[..., Page]) -> None:
    """Going through an answer by keyboard, forth and back, each stop stands between masthead and box."""
    page = open_page(viewport={"width": 800, "height": 600})
    ask(page)
    visible = """() => {
        const at = document.activeElement;
        if (!at.closest('.turn') || at.matches('.quote')) return true;
        const edge = (name, side) => document.querySelector(name).getBoundingClientRect()[side];
        const { top, bottom } = at.getBoundingClientRect();
        return edge('.masthead', 'bottom') <= top && bottom <= edge('#ask', 'top');
    }"""
    for key, start in (("Tab", "#language"), ("Shift+Tab", "#question")):
        page.locator(start).focus()
        for _ in range(40):
            page.keyboard.press(key)
            assert page.evaluate(visible), page.evaluate("document.activeElement.outerHTML")


# --- the conversation ---


def test_a_reload_keeps_the_conversation_until_it_is_cleared(open_page: Callable[..., Page]) -> None:
    """Questions and answers outlive a reload, and go when the reader says so."""
    page = open_page()
    ask(page)
    ask(page, "Qui dément ?")
    page.reload()
    expect(page.locator(".question")).to_have_text([QUESTION, "Qui dément ?"])
    expect(page.locator(".quote").first).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Effacer").click()
    expect(page.locator(".turn")).to_have_count(0)
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()


def test_a_reload_loses_no_question(open_page: Callable[..., Page]) -> None:
    """Neither one that is being typed nor one that waits for its answer."""
    page = open_page()
    box = page.get_by_role("textbox")
    box.fill("Qui dément")
    page.reload()
    expect(box).to_have_value("Qui dément")
    page.route("**/ask", lambda route: None)
    with page.expect_request("**/ask"):
        box.press("Enter")
    page.reload()
    expect(box).to_have_value("Qui dément")
    page.unroute("**/ask")
    ask(page, "Qui dément")
    page.reload()
    expect(box).to_have_value("")


def test_two_tabs_share_one_conversation(open_page: Callable[..., Page], service_url: str) -> None:
    """What is asked in one tab appears in the other, and neither loses its own."""
    page = open_page()
    other = page.context.new_page()
    other.goto(service_url)
    ask(page, "Combien de soldats ?")
    expect(other.locator(".question")).to_have_text(["Combien de soldats ?"])
    ask(other, "Qui dément ?")
    expect(page.locator(".question")).to_have_text(["Combien de soldats ?", "Qui dément ?"])


def test_what_is_unfolded_stays_so(open_page: Callable[..., Page], service_url: str) -> None:
    """Whatever draws the answer anew: another tab, another language, more passages."""
    page = open_page()
    ask(page, "Combien de soldats nord-coréens ?")
    table, around = page.locator("details").first, page.locator(".turn .around")
    page.locator("summary").first.click()
    page.locator("[data-action=context]").first.click()
    is_open = table.evaluate("table => table.open")
    other = page.context.new_page()
    other.goto(service_url)

    def again(act: Callable[[], None], sign: str) -> None:
        act()
        page.wait_for_selector(sign)
        assert table.evaluate("table => table.open") is is_open
        expect(around.first).to_be_visible()

    again(lambda: ask(other, "Qui dément ?"), ".turn:nth-child(2)")
    again(lambda: page.locator("#language").click(), "html[lang=en]")
    again(lambda: page.locator("[data-action=more]").first.click(), ".quote:nth-child(6)")


def test_another_tab_takes_no_answer_away(open_page: Callable[..., Page], service_url: str) -> None:
    """What storage has no room for stays in its tab, and what is on its way there arrives."""
    page = open_page()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full'); }; }")
    ask(page, "Combien de soldats nord-coréens ?")
    expect(page.locator(".quote")).to_have_count(5)
    waiting: list[Route] = []
    page.route("**/ask", lambda route: waiting.append(route))
    with page.expect_request("**/ask"):
        page.get_by_role("button", name="Voir plus de passages").click()
    other = page.context.new_page()
    other.goto(service_url)
    ask(other, "Qui dément ?")
    expect(page.locator(".question")).to_have_text(["Combien de soldats nord-coréens ?", "Qui dément ?"])
    waiting[0].continue_()
    expect(page.locator(".turn").first.locator(".quote").nth(5)).to_be_visible()
    other.on("dialog", lambda dialog: dialog.accept())
    other.get_by_role("button", name="Effacer").click()
    expect(page.locator(".turn")).to_have_count(0)


def test_earlier_questions_are_sent_along(open_page: Callable[..., Page]) -> None:
    """A follow-up reaches the service with the questions before it, the oldest first."""
    page = open_page()
    ask(page, "Combien de soldats ?")
    with page.expect_request("**/ask") as sent:
        ask(page, "et selon Kiev ?")
    body = sent.value.post_data_json
    assert body == {
        "question": "et selon Kiev ?",
        "limit": 5,
        "history": ["Combien de soldats ?"],
    }


def test_what_was_no_question_is_no_context_of_the_next(open_page: Callable[..., Page]) -> None:
    """Who pastes rubbish, is told so and asks again is understood as if it had not been."""
    page = open_page()
    ask(page, "Combien de soldats ?")
    ask(page, "?!")
    expect(page.locator(".error")).to_be_visible()
    with page.expect_request("**/ask") as sent:
        ask(page, "et selon Kiev ?")
    assert sent.value.post_data_json["history"] == ["Combien de soldats ?"]


# --- the article ---


@pytest.mark.parametrize("revised", ["Correction : un nombre a changé. {}", "{}"])
def test_a_revised_article_is_opened_without_a_mark(open_page: Callable[..., Page], revised: str) -> None:
    """Where the quoted words no longer stand where they stood, no others are marked for them."""

    def revise(route: Route) -> None:
        response = route.fetch()
        article = response.json()
        text = revised.format(article["text"].replace("30", "40"))
        route.fulfill(response=response, json={**article, "text": text, "passages": []})

    page = open_page(routes={"**/documents/*": revise})
    ask(page)
    words = page.locator(".quote").first.locator(".words")
    expect(words).to_contain_text("30 soldats")
    page.locator(".read").first.click()
    expect(page.locator(".article-text")).to_contain_text("40 soldats")
    expect(page.locator(".hit")).to_have_count(0)


def test_the_article_opens_at_exactly_the_quoted_words(open_page: Callable[..., Page]) -> None:
    """Each quote leads to its own words in the article, highlighted and in view; Escape leads back."""
    page = open_page()
    ask(page, "Combien de soldats ?")
    assert page.locator(".quote").count() > 1
    for index in range(page.locator(".quote").count()):
        quote = page.locator(".quote").nth(index)
        words = quote.locator(".words").text_content()
        quote.locator(".read").press("Enter")
        assert highlighted(page) == words
        expect(page.locator(".hit").first).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(page.locator("#article")).to_be_hidden()
        expect(quote.locator(".read")).to_be_focused()


def test_the_article_shows_every_character_and_each_sentence_s_stance(
    open_page: Callable[..., Page], service_url: str, seeds: Path
) -> None:
    """The panel's text is the article's, and the strip has a name for every sentence."""
    page = open_page()
    page.locator(".shelf a").first.click()
    page.wait_for_selector(".article-text")
    text = page.locator(".article-text .paragraph > p").evaluate_all(
        "all => all.map(p => p.textContent).join('')"
    )
    assert text in [path.read_bytes().decode() for path in seeds.glob("*.txt")]
    names = page.locator(".strip li").all_text_contents()
    assert len(names) > 10
    assert all(STANCES.match(name) for name in names)


def test_back_and_forward_move_between_article_and_conversation(open_page: Callable[..., Page]) -> None:
    """The browser's own back button closes the article at the place where it was opened."""
    page = open_page()
    ask(page, MANY)
    page.locator(".read").nth(2).click()
    page.wait_for_selector(".hit")
    place = page.evaluate("scrollY")
    page.go_back()
    expect(page.locator("#article")).to_be_hidden()
    assert abs(page.evaluate("scrollY") - place) < 5
    page.go_forward()
    page.wait_for_selector(".hit")


def test_a_phone_shows_the_article_alone(open_page: Callable[..., Page]) -> None:
    """On a small screen the conversation behind the article cannot be reached until it is closed."""
    page = open_page(viewport={"width": 360, "height": 700})
    ask(page)
    page.locator(".read").first.click()
    page.wait_for_selector(".hit")
    expect(page.locator("#question")).to_be_hidden()
    page.get_by_role("button", name="Fermer").click()
    expect(page.locator("#question")).to_be_visible()


def test_an_unknown_article_is_told_in_words(open_page: Callable[..., Page]) -> None:
    """A link to an article that is gone says so; one that could not be fetched can be asked for again."""
    page = open_page("/#/document/nowhere.txt?start=1&end=2")
    expect(page.locator("#article .lead")).to_have_text("Cet article n’est pas, ou plus, dans le corpus.")
    expect(page.locator("#article .notice :lang(en)")).to_have_count(0)
    expect(page.get_by_role("button", name="Réessayer")).to_have_count(0)
    page.get_by_role("button", name="Fermer").click()
    page.route("**/documents/*", lambda route: route.abort())
    page.locator(".shelf a").first.click()
    expect(page.locator("#article .lead")).to_have_text("Le service ne répond pas.")
    page.unroute("**/documents/*")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".article-text")).to_be_visible()


def test_an_article_that_is_no_longer_wanted_says_nothing(open_page: Callable[..., Page]) -> None:
    """Closed before it came, it is not announced as missing, and does not open again."""
    page = open_page()
    waiting: list[Route] = []
    page.route("**/documents/*", lambda route: waiting.append(route))
    with page.expect_request("**/documents/*"):
        page.locator(".shelf a").first.click()
    page.keyboard.press("Escape")
    waiting[0].abort()
    page.wait_for_timeout(200)
    expect(page.locator("#article")).to_be_hidden()
    expect(page.get_by_role("status")).to_be_empty()


def test_underlined_words_explain_themselves(open_page: Callable[..., Page]) -> None:
    """Focus, pointer and tap each show who speaks; Escape sends the explanation away, Enter calls it back."""
    page = open_page()
    ask(page)
    mark, bubble = page.locator(".mark.holder").first, page.locator(":popover-open")
    for shown in (mark.focus, mark.hover, mark.click):
        shown()
        expect(bubble).to_contain_text("Celui qui parle")
        page.keyboard.press("Escape")
        expect(bubble).to_be_hidden()
        page.get_by_role("textbox").focus()
        page.mouse.move(0, 0)
    mark.focus()
    place = page.evaluate("scrollY")
    for key, shown in (("Escape", 0), ("Enter", 1), ("Escape", 0), ("Space", 1)):
        page.keyboard.press(key)
        expect(bubble).to_have_count(shown)
    assert page.evaluate("scrollY") == place


@pytest.mark.parametrize("begun", ["try", "alone", "retry"])
def test_the_focus_stays_where_a_question_is_asked_again(open_page: Callable[..., Page], begun: str) -> None:
    """The next Tab goes on from there, also when the answer is there; the box is not entered."""
    page = open_page()
    place = page.locator("#conversation")
    if begun == "try":
        page.locator(".examples button").first.press("Enter")
    else:
        ask(page)
        if begun == "retry":
            page.route("**/ask", gives({"error": {"code": "internal", "message": "m", "hint": "h"}}, 500))
        ask(page, "et selon Kiev ?")
        page.unroute_all()
        place = page.locator(".turn").last
        place.locator(f"[data-action={begun}]").press("Enter")
    expect(place).to_be_focused()
    expect(page.locator(".turn").last.locator(".quote").first).to_be_visible()
    expect(place).to_be_focused()
    page.keyboard.press("Tab")
    inside = "node => node.contains(document.activeElement) && node !== document.activeElement"
    assert page.locator(".turn").last.evaluate(inside)


# --- for everyone ---


@pytest.mark.parametrize(
    ("locale", "send", "motto"), [("fr-FR", "Demander", "selon"), ("en-GB", "Ask", "according")]
)
def test_the_page_speaks_the_browser_s_language(
    open_page: Callable[..., Page], locale: str, send: str, motto: str
) -> None:
    """French for who reads French, English for who asks for it; the quotes keep their own."""
    page = open_page(locale=locale)
    expect(page.locator("html")).to_have_attribute("lang", locale[:2])
    expect(page.locator(".motto")).to_contain_text(motto)
    expect(page.locator(".send")).to_have_text(send)
    ask(page)
    expect(page.locator("blockquote").first).to_have_attribute("lang", "fr")


def test_the_language_can_be_switched_and_stays(open_page: Callable[..., Page]) -> None:
    """The reader's choice outweighs the browser's, also after a reload."""
    page = open_page()
    ask(page)
    page.get_by_role("button", name="English").click()
    expect(page.locator(".quote-head .badge").first).to_have_text(re.compile("^The article"))
    page.reload()
    expect(page.locator(".send")).to_have_text("Ask")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(open_page: Callable[..., Page], scheme: str, width: int) -> None:
    """No barrier that axe-core knows, on the first page, in an answer, a refusal, an error, an article."""
    axe = Axe()
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.wait_for_selector(".shelf")
    states = [
        lambda: None,
        lambda: ask(page),
        lambda: ask(page, "how do I cook rice?"),
        lambda: (page.goto(f"{page.url}?q={'x+' * 600}"), page.wait_for_selector(".error")),
    ]
    states.append(lambda: (page.locator(".read").first.click(), page.wait_for_selector(".hit")))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for number, enter in enumerate(states):
        enter()
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": tags}})
        assert found.violations_count == 0, f"state {number}: {found.generate_report()}"


def test_forced_colours_keep_what_tells_stances_apart(open_page: Callable[..., Page]) -> None:
    """Discs, a profile's bar and an article's strip stay drawn where a system chooses the colours."""
    page = open_page(forced_colors="active")
    page.locator(".shelf a").first.click()
    page.wait_for_selector(".strip")
    drawn = """(node, pseudo) => {
        const { backgroundColor, backgroundImage } = getComputedStyle(node, pseudo);
        return backgroundColor + backgroundImage;
    }"""
    for name, pseudo in ((".bar > [data-stance]", None), (".badge", "::before"), (".strip li", None)):
        kinds = {
            stance: page.locator(f"{name}[data-stance={stance}]").first.evaluate(drawn, pseudo)
            for stance in ("asserts", "reports")
        }
        assert len(set(kinds.values())) == 2, (name, kinds)


def test_dark_and_light_follow_the_system(open_page: Callable[..., Page]) -> None:
    """The page is dark where the system is."""
    lights = []
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        lights.append(sum(int(part) for part in re.findall(r"\d+", colour)[:3]))
    assert lights[0] > 700
    assert lights[1] < 100


WIDE_LETTERS = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { letter-spacing: .12em !important; word-spacing: .16em !important }");
    document.adoptedStyleSheets = [sheet];
}"""


@pytest.mark.parametrize("spaced", [False, True])
@pytest.mark.parametrize("width", [320, 640])
def test_nothing_sticks_out_of_a_narrow_screen(
    open_page: Callable[..., Page], width: int, spaced: bool
) -> None:
    """At 320 pixels (a small phone, or 400 % zoom) nobody has to scroll sideways, whatever is shown.

    Nor where letters take more room: in a wide font, or spaced as WCAG 1.4.12 lets readers ask for.
    """
    page = open_page(viewport={"width": width, "height": 640})
    if spaced:
        page.evaluate(WIDE_LETTERS)
    page.wait_for_selector(".shelf")
    for enter in (lambda: None, lambda: ask(page), lambda: ask(page, "x" * 3000)):
        enter()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".read").first.click()
    page.wait_for_selector(".hit")
    assert page.evaluate("document.getElementById('article').scrollWidth") <= width


def test_paper_gets_the_quotes_with_their_sources(open_page: Callable[..., Page]) -> None:
    """Printing leaves out what only a screen needs."""
    page = open_page()
    ask(page)
    page.emulate_media(media="print")
    expect(page.locator(".words").first).to_be_visible()
    expect(page.locator("cite").first).to_be_visible()
    expect(page.locator("#ask")).to_be_hidden()
    expect(page.locator(".figures").first).to_be_visible()
    page.emulate_media(media="screen")
    page.locator(".read").first.click()
    page.wait_for_selector(".hit")
    page.emulate_media(media="print")
    expect(page.locator(".article-text")).to_be_visible()
    expect(page.locator(".article-bar")).to_be_hidden()


# --- what it weighs and asks of the browser ---


def test_the_policy_is_strict_and_kept(open_page: Callable[..., Page], service_url: str) -> None:
    """The page is served under a policy that allows nothing inline.

    What breaks it shows as an error in the console, and so fails any of these tests.
    """
    page = open_page()
    answer = page.request.get(service_url)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_whole_chat_weighs_less_than_64_kb() -> None:
    """Everything the page may load, uncompressed, as it is sent: it opens at once on any line."""
    assert sum(len(part.body) for part in parts().values()) < 64_000


def test_no_source_builds_markup_from_text() -> None:
    """Shown text is escaped by construction: no file knows a way to turn text into markup."""
    forbidden = re.compile(r"(inner|outer|Adjacent)HTML|document\.write|DOMParser|eval\(|new Function")
    assert not [path.name for path in WEB.glob("*.js") if forbidden.search(path.read_text())]
