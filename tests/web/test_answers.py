"""Answers for who must decide: figures and voices side by side, filters, next questions, links and copies."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from reading import MANY, QUESTION, ask, gives, holding_time
from samples import ADDED, HOLDER, STEPS, enriched, position

pytestmark = pytest.mark.real

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# --- the question as understood ---


def test_a_rewritten_question_is_shown_and_taken_back(open_page: Callable[..., Page]) -> None:
    """What a question was understood as is said; one click asks a follow-up as it was written, and only that.

    Where no other question was asked before there is nothing to leave out, and no such click.
    """
    page = open_page(routes={"**/ask": enriched()})
    ask(page)
    expect(page.locator(".rewritten")).to_contain_text("Compris comme")
    expect(page.locator(".rewritten").get_by_role("button")).to_have_count(0)
    ask(page, "et selon Kiev ?")
    turn = page.locator(".turn").last
    expect(turn.locator(".rewritten")).to_contain_text("Compris comme : Combien de soldats nord-coréens ont")
    with page.expect_request("**/ask") as sent:
        turn.get_by_role("button", name="Poser sans ce qui précède").click()
    assert sent.value.post_data_json["question"] == "et selon Kiev ?"
    assert sent.value.post_data_json["history"] == []


# --- figures ---


def test_the_same_figure_of_several_sources_stands_once(open_page: Callable[..., Page]) -> None:
    """Each once beside all who give it, with its origins; another thing is apart.

    The picture says it already: the words are folded away.
    """
    page = open_page(routes={"**/ask": enriched()})
    ask(page)
    expect(page.get_by_role("table")).to_have_count(0)
    page.get_by_text("Chiffres, côte à côte").click()
    table = page.get_by_role("table", name="Chiffres, côte à côte")
    expect(table.locator(".amount")).to_have_text(["au moins 30", "jusqu’à 200", "1 000 à 3 000", "1 100"])
    row = table.get_by_role("row", name="2 origines indépendantes")
    expect(row.locator(".says bdi")).to_have_text(["GUR", HOLDER])
    page.get_by_text("À part").click()
    expect(page.get_by_role("table", name="À part").locator(".amount")).to_have_text(["12 000"])
    expect(page.locator(".spread")).to_contain_text(re.compile(r"De 30 à 3.000"))


def test_each_dot_of_the_plot_leads_to_its_quote(open_page: Callable[..., Page]) -> None:
    """The plot has a row for each figure asked for, by day; keys reach it, and each leads to its quote."""
    page = open_page(routes={"**/ask": enriched()})
    ask(page)
    rows = page.locator(".plot a")
    amounts = [text.strip() for text in rows.locator(".amount").all_text_contents()]
    assert amounts == ["au moins 30", "jusqu’à 200", "1 100", "1 000 à 3 000", "une trentaine"]
    expect(rows.first).to_have_attribute(
        "aria-label", "au moins 30 · 16/12/2024 · GUR. L’article rapporte. Citation 1"
    )
    rows.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".quote").nth(2)).to_be_focused()
    expect(page).to_have_url(re.compile(r"/$"))


def test_the_plot_sets_figures_by_their_size(open_page: Callable[..., Page]) -> None:
    """A greater figure stands further right; an end that nobody gives runs to the edge."""
    page = open_page(routes={"**/ask": enriched()})
    ask(page)
    places = page.locator(".plot a").evaluate_all(
        "rows => rows.map(row => { const { left, width } = row.getBoundingClientRect();"
        " const range = row.querySelector('.range').getBoundingClientRect();"
        " return [range.left, range.right].map(end => Math.round(100 * (end - left) / width)) })"
    )
    assert places[0][1] == 100
    assert places[1][0] == 0
    low, high = places[3]
    assert places[0][0] < places[1][1] < low < high < 100


def test_the_plot_names_who_gives_a_figure(open_page: Callable[..., Page]) -> None:
    """In full where there is room, else with an ellipsis: also once the window has another width."""
    page = open_page(routes={"**/ask": enriched()}, viewport={"width": 1280, "height": 800})
    ask(page)
    plot, row = page.locator(".plot"), page.locator(".plot .row", has_text=HOLDER)
    is_whole = "row => row.scrollWidth <= row.clientWidth"
    assert row.evaluate(is_whole)
    page.set_viewport_size({"width": 320, "height": 800})
    assert not row.evaluate(is_whole)
    assert row.evaluate("row => getComputedStyle(row).textOverflow") == "ellipsis"
    inside, around = row.bounding_box(), plot.bounding_box()
    assert inside
    assert around
    assert inside["x"] + inside["width"] <= around["x"] + around["width"] + 1


def test_figures_that_do_not_differ_have_no_plot(open_page: Callable[..., Page]) -> None:
    """Without a spread there is nothing to draw; the table is there, and only what is apart is folded."""
    page = open_page(routes={"**/ask": enriched(spread=None)})
    ask(page)
    expect(page.locator(".plot, .spread")).to_have_count(0)
    expect(page.get_by_role("table", name="Chiffres, côte à côte")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(1)


@pytest.mark.parametrize(
    ("low", "high", "words"), [(30, None, "Au moins 30"), (None, 200, "Jusqu’à 200"), (None, None, "")]
)
def test_a_spread_may_be_open(
    open_page: Callable[..., Page], low: float | None, high: float | None, words: str
) -> None:
    """An end that no figure bounds is not made up."""
    spread = {"low": low, "high": high, "kind": "killed_or_wounded", "groups": 2}
    page = open_page(routes={"**/ask": enriched(spread=spread)})
    ask(page)
    expect(page.locator(".spread")).to_have_text(re.compile(f"^{words}( |$)"))
    expect(page.locator(".plot")).to_be_visible()


def test_the_wounded_alone_are_called_so(open_page: Callable[..., Page]) -> None:
    spread = {"low": 3, "high": 200, "kind": "killed_or_wounded", "part": "wounded", "groups": 2}
    page = open_page(routes={"**/ask": enriched(spread=spread)})
    ask(page)
    expect(page.locator(".spread")).to_contain_text("· blessés ·")


def test_a_spread_of_no_kind_names_none(open_page: Callable[..., Page]) -> None:
    """« De 190 à 212 · autres » would tell nobody what is counted."""
    spread = {"low": 190, "high": 212, "kind": "other", "groups": 2}
    page = open_page(routes={"**/ask": enriched(spread=spread)})
    ask(page)
    expect(page.locator(".spread")).to_have_text("De 190 à 212 · 2 chiffres différents")


# --- who says what ---


def test_voices_are_grouped_by_what_they_say(open_page: Callable[..., Page]) -> None:
    """Who asserts, doubts, denies, does not comment; each with its quotes, and changes in their order."""
    page = open_page(routes={"**/ask": enriched()})
    ask(page)
    groups = page.locator(".positions > ul").first.locator(":scope > li")
    expect(groups.locator("> .badge")).to_have_text(["affirmation", "doute", "démenti", "ne se prononce pas"])
    expect(groups.first.locator("bdi")).to_have_text(["Kiev", HOLDER, "Pyongyang"])
    change = page.locator(".steps")
    expect(change).to_have_count(1)
    expect(change).to_contain_text(re.compile(r"démenti 3 20 octobre 2024 → affirmation 5 28 avril 2025"))
    groups.first.get_by_role("link", name="Citation 2").click()
    expect(page.locator(".quote").nth(1)).to_be_focused()


def test_two_of_one_name_are_each_shown(open_page: Callable[..., Page]) -> None:
    """The mayors of two towns who have both changed stand one below the other."""
    mayors = [
        position(stance, "Le maire", quote, steps=[{**step, "quotes": [quote]} for step in STEPS])
        for quote in (0, 1)
        for stance in ("asserts", "denies")
    ]
    page = open_page(routes={"**/ask": enriched(positions=mayors)})
    ask(page)
    expect(page.locator(".steps")).to_have_count(2)


def test_both_sides_of_a_contradiction_are_quoted(open_page: Callable[..., Page]) -> None:
    """Each side leads to its quote."""
    page = open_page(routes={"**/ask": enriched()})
    ask(page)
    pairs = page.locator(".contradictions li")
    expect(pairs).to_have_count(2)
    expect(pairs.first).to_contain_text(re.compile(r"1 au moins 30.*4 1 000 à 3 000"))
    pairs.last.get_by_role("link", name="Citation 3").click()
    expect(page.locator(".quote").nth(2)).to_be_focused()


# --- filters and next questions ---


def test_what_is_clicked_restricts_the_next_question(open_page: Callable[..., Page]) -> None:
    """A stance, a voice and an article of an answer become chips, are sent, and can be taken away."""
    page = open_page(routes={"**/ask": enriched()})
    ask(page)
    page.locator(".summary .tallies button").first.click()
    expect(page.get_by_role("textbox")).to_have_value(ADDED["rewritten"])
    expect(page.get_by_role("textbox")).to_be_focused()
    page.locator(".positions").get_by_role("button", name="Washington").click()
    page.get_by_role("button", name="Cet article seul").first.click()
    chips = page.locator("#filters button")
    expect(chips).to_have_count(3)
    page.get_by_role("button", name=re.compile("Ne plus restreindre à Washington")).click()
    expect(chips).to_have_count(2)
    with page.expect_request("**/ask") as sent:
        page.get_by_role("textbox").press("Enter")
    chosen = sent.value.post_data_json["filters"]
    assert list(chosen) == ["stance", "document"]
    assert len(chosen["stance"]) == len(chosen["document"]) == 1
    expect(page.locator(".restricted")).to_contain_text("Restreint à")


def test_a_restricted_question_can_be_asked_without_restriction(open_page: Callable[..., Page]) -> None:
    """One click where the answer is: what was left out may be what was sought."""
    page = open_page()
    page.get_by_role("button", name="Cet article seul").last.click()
    ask(page, "how do I cook rice?")
    turn = page.locator(".turn")
    expect(turn.locator(".refusal")).to_be_visible()
    with page.expect_request("**/ask") as sent:
        turn.get_by_role("button", name="Poser sans restriction").press("Enter")
    assert "filters" not in sent.value.post_data_json
    expect(turn).not_to_contain_text("Restreint à")
    expect(turn).to_be_focused()


def test_chips_of_long_names_leave_room_for_the_answer(open_page: Callable[..., Page]) -> None:
    """On a phone each is one line, and its button still says the whole name."""
    page = open_page(viewport={"width": 360, "height": 740})
    page.get_by_role("button", name="Cet article seul").last.click()
    chip = page.locator("#filters button")
    box = chip.bounding_box()
    assert box
    assert box["height"] < 40
    whole = re.compile("^Ne plus restreindre à La Corée du Nord .* la Russie$")
    expect(chip).to_have_attribute("aria-label", whole)


def test_an_unknown_filter_is_told_in_words(open_page: Callable[..., Page]) -> None:
    """The service's own list of what it knows is shown under our sentence."""
    error = {"code": "unknown_filter", "message": "The voice 'x' is unknown.", "hint": "Known: Kiev."}
    page = open_page(routes={"**/ask": gives({"error": error}, 400)})
    ask(page)
    expect(page.locator(".error .lead")).to_have_text("Rien dans l’index ne correspond à ce filtre.")
    expect(page.locator(".error")).to_contain_text("Known: Kiev.")


def test_a_suggestion_is_asked_with_its_filters(open_page: Callable[..., Page]) -> None:
    """A suggested question is one click away, and its restriction is said above its answer."""
    page = open_page(routes={"**/ask": enriched()})
    ask(page)
    with page.expect_request("**/ask") as sent:
        page.get_by_role("button", name="Qui le rapporte ?").click()
    assert sent.value.post_data_json["question"] == "Combien de soldats ?"
    assert sent.value.post_data_json["filters"]["stance"] == ["reports"]
    expect(page.locator(".turn").last.locator(".restricted")).to_contain_text("rapporte")


def test_a_suggestion_is_asked_of_the_version_that_made_it(open_page: Callable[..., Page]) -> None:
    """It was certain to have an answer there; what else is typed stays in the box."""
    page = open_page(routes={"**/ask": enriched()})
    ask(page)
    page.get_by_role("link", name="Lien permanent").click()
    turn = page.locator(".turn").last
    expect(turn).to_contain_text("Réponse de l’index du")
    href = turn.get_by_role("link", name="Lien permanent").get_attribute("href")
    page.get_by_role("textbox").fill("un brouillon")
    with page.expect_request("**/ask") as sent:
        turn.get_by_role("button", name="Qui le rapporte ?").click()
    assert href
    assert sent.value.post_data_json["version"] == parse_qs(urlsplit(href).query)["version"][0]
    expect(page.get_by_role("textbox")).to_have_value("un brouillon")


# --- links, copies, files ---


def test_a_permalink_asks_the_same_of_the_same_version(open_page: Callable[..., Page]) -> None:
    """The link of an answer names its question and version; following it asks for both, of that version."""
    page = open_page()
    ask(page)
    href = page.get_by_role("link", name="Lien permanent").get_attribute("href")
    assert href
    values = parse_qs(urlsplit(href).query)
    assert values["q"] == [QUESTION]
    with page.expect_request("**/ask") as sent:
        page.get_by_role("link", name="Lien permanent").click()
    assert sent.value.post_data_json["version"] == values["version"][0]
    expect(page.locator(".turn").last).to_contain_text("Réponse de l’index du")


def test_the_permalink_of_a_follow_up_gives_the_same_answer(open_page: Callable[..., Page]) -> None:
    """It names the questions before, so that what was meant is meant again."""
    page = open_page()
    ask(page)
    ask(page, "et selon Kiev ?")
    turn = page.locator(".turn").last
    words = turn.locator(".words").all_text_contents()
    with page.expect_download() as download:
        turn.get_by_role("button", name="JSON").click()
    answer = json.loads(Path(download.value.path()).read_text())
    assert [quote["text"] for quote in answer["quotes"]] == words
    with page.expect_request("**/ask") as sent:
        turn.get_by_role("link", name="Lien permanent").click()
    page.wait_for_selector(".turn:last-child:not([aria-busy])")
    assert sent.value.post_data_json["history"] == [QUESTION]
    again = page.locator(".turn").last
    expect(again.locator(".question")).to_have_text("et selon Kiev ?")
    expect(again.locator(".rewritten")).to_contain_text("Compris comme")
    assert again.locator(".words").all_text_contents() == words


def test_a_version_no_longer_kept_can_be_left_for_the_current_one(open_page: Callable[..., Page]) -> None:
    """Where the version of a link is gone the page says so, and offers to ask the present index."""
    page = open_page("/?q=Combien+de+soldats+%3F&version=000000-gone")
    expect(page.locator(".error .lead")).to_contain_text("n’est plus gardée")
    page.get_by_role("button", name="Demander à l’index actuel").click()
    expect(page.locator(".quote").first).to_be_visible()


def test_a_quote_is_copied_with_its_source(open_page: Callable[..., Page]) -> None:
    """As text, Markdown or BibTeX: the words to the letter, then where they stand and who says what."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, MANY)
    quote = page.locator(".quote").nth(1)
    words, title = quote.locator(".words").text_content(), quote.locator("cite").text_content()
    voice = quote.locator(".voices button").first.text_content()
    assert words
    assert title
    assert voice
    passing = holding_time(page)
    for index, (name, begins) in enumerate((("Texte", "« "), ("Markdown", "> "), ("BibTeX", "@misc{"))):
        button = quote.locator("[data-action=copy]").nth(index)
        button.click()
        expect(button).to_have_text("C’est fait")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(begins)
        assert words in copied
        assert title in copied
        if name != "BibTeX":
            assert re.search(rf"l’article \w+ · {voice} \(affirmation\)", copied, re.IGNORECASE)
        passing(2)
        expect(button).to_have_text(name)


def test_a_quote_is_copied_over_plain_http_too(open_page: Callable[..., Page]) -> None:
    """A page from another machine has no modern clipboard there; what the reader copies next is theirs."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page)
    page.evaluate("window.kept = navigator.clipboard")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    button = page.locator("[data-action=copy]").first
    button.click()
    expect(button).to_have_text("C’est fait")
    assert page.evaluate("kept.readText()").startswith("« ")
    page.get_by_role("textbox").fill("autre chose")
    page.get_by_role("textbox").press("Control+A")
    page.keyboard.press("Control+C")
    assert page.evaluate("kept.readText()") == "autre chose"


def test_what_is_not_in_the_page_s_language_says_which_it_is(open_page: Callable[..., Page]) -> None:
    """A screen reader pronounces an English question, and what follows from it, in English."""
    page = open_page(routes={"**/ask": enriched(language="en")})
    ask(page)
    for name in (".question", ".rewritten bdi", ".next bdi"):
        expect(page.locator(name).first).to_have_attribute("lang", "en")


def test_an_answer_is_downloaded(open_page: Callable[..., Page]) -> None:
    """As the service writes it: JSON, Markdown or BibTeX, with just the quotes that are shown."""
    page = open_page()
    ask(page)
    files = {}
    for name, ending in (("JSON", "json"), ("Markdown", "md"), ("BibTeX", "bib")):
        with page.expect_download() as download:
            page.locator(".colophon").get_by_role("button", name=name).click()
        files[name] = Path(download.value.path()).read_text()
        assert download.value.suggested_filename == f"selon.{ending}"
    answer = json.loads(files["JSON"])
    assert answer["question"] == QUESTION
    assert [quote["text"] for quote in answer["quotes"]] == page.locator(".words").all_text_contents()
    assert files["Markdown"].startswith(f"# {QUESTION}")
    assert files["BibTeX"].startswith("@")


def test_a_download_that_fails_says_why(open_page: Callable[..., Page]) -> None:
    """On the button itself."""
    page = open_page()
    ask(page)
    page.route("**/ask?*", lambda route: route.abort())
    passing = holding_time(page)
    button = page.locator(".colophon [data-format=BibTeX]")
    button.click()
    expect(button).to_have_text("Le service ne répond pas.")
    passing(2)
    expect(button).to_have_text("BibTeX")


# --- the drawer, the themes ---


def test_the_articles_can_be_searched(open_page: Callable[..., Page]) -> None:
    """The drawer lists all articles; its search needs neither accents nor capitals."""
    page = open_page()
    page.get_by_role("button", name="Articles", exact=True).click()
    shelf = page.locator("#article .shelf > li")
    expect(shelf).to_have_count(5)
    page.get_by_role("searchbox").fill("COREE confirme")
    expect(shelf.filter(visible=True)).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 article")
    expect(page.locator("#article h2")).to_have_text("1 article")
    shelf.filter(visible=True).get_by_role("link").click()
    expect(page.locator(".article-text")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("COREE confirme")
    expect(shelf.filter(visible=True)).to_have_count(1)
    page.get_by_role("button", name="English").click()
    expect(page.locator("#article h2")).to_have_text("1 article")
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Articles", exact=True).click()
    expect(shelf.filter(visible=True)).to_have_count(5)
    page.get_by_role("searchbox").fill("COREE confirme")
    page.get_by_role("searchbox").press("Escape")
    expect(shelf.filter(visible=True)).to_have_count(5)
    page.get_by_role("searchbox").press("Escape")
    expect(shelf).to_have_count(0)


def test_the_first_page_says_how_many_articles_there_are(open_page: Callable[..., Page]) -> None:
    """All of them, also where it shows the first few; the others are one click away."""
    known = {"publisher": None, "published": None, "passages": 3, "language": "fr", "stance": None}
    few = [{**known, "id": f"{n}.txt", "title": f"Essai {n}"} for n in range(100)]
    says = {"access": {"writing": "off", "reading": "open"}, "coverage": {"documents": 2500}, "notice": None}
    page = open_page(
        routes={"**/documents": gives({"documents": few, "next": "99"}), "**/ready": gives(says)}
    )
    expect(page.get_by_role("heading", name=re.compile("^2.500 articles$"))).to_be_visible()
    expect(page.locator(".welcome .shelf > li")).to_have_count(8)
    page.get_by_role("link", name="Tous les articles").click()
    expect(page.locator("#article .search")).to_be_focused()


def test_an_index_that_stands_in_for_a_damaged_one_is_told(open_page: Callable[..., Page]) -> None:
    """Whoever asks knows that newer articles may be missing, and the operator's words are at hand."""
    access = {"writing": "off", "reading": "open"}
    says = {"access": access, "coverage": {"documents": 5}, "notice": "Segment 3 is damaged."}
    page = open_page(routes={"**/ready": gives(says)})
    notice = page.locator("#notice")
    expect(notice).to_contain_text("un plus ancien répond")
    expect(notice).to_have_attribute("title", "Segment 3 is damaged.")
    ask(page)
    expect(notice).to_be_visible()


@pytest.mark.parametrize("word", ["article", "passages", "retirer", "rapporte", "seul"])
def test_the_search_of_articles_looks_at_title_and_origin(open_page: Callable[..., Page], word: str) -> None:
    """Its own buttons, counts and stances are no words of an article; publisher and day are found."""
    own = {"id": "a", "title": "Essai", "publisher": "La Gazette", "published": "2024-12-16", "passages": 3}
    known = {**own, "language": "fr", "stance": {"label": "reports", "counts": {"reports": 3}}}
    routes = {
        "**/documents?*": gives({"documents": [known], "next": None}),
        "**/ready": gives({"access": {"writing": "key", "reading": "open"}}),
    }
    page = open_page("/#/documents", routes=routes)
    expect(page.get_by_role("button", name="Retirer")).to_be_visible()
    search, found = page.get_by_role("searchbox"), page.locator("#article h2")
    search.fill(word)
    expect(found).to_have_text("0 article")
    for sought in ("essai", "gazette", "16 decembre"):
        search.fill(sought)
        expect(found).to_have_text("1 article")


def test_the_reader_chooses_light_or_dark(open_page: Callable[..., Page]) -> None:
    """The choice outweighs the system's, and outlives a reload."""
    page = open_page(color_scheme="light")
    theme = page.locator("#theme")
    expect(theme).to_have_attribute("aria-label", re.compile("système$"))
    theme.click()
    theme.click()
    expect(theme).to_have_attribute("aria-label", re.compile("sombre$"))
    page.reload()
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(int(part) for part in re.findall(r"\d+", colour)[:3]) < 100


# --- for everyone, always ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_what_answers_hold(
    open_page: Callable[..., Page], scheme: str, width: int
) -> None:
    """No barrier in plot, table, positions, contradictions, chips and drawer, nor anything sticking out."""
    axe = Axe()
    page = open_page(
        routes={"**/ask": enriched()}, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    ask(page)
    page.locator(".summary .tallies button").first.click()
    page.locator("summary").first.click()
    for enter in (lambda: None, lambda: page.locator("[data-action=documents]").click()):
        enter()
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_killed_service_is_asked_again_when_it_is_back(
    open_page: Callable[..., Page], real_store: Path, service: Any
) -> None:
    """The process really ends; the page says so, keeps the question, and has its answer once it is back."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serve = type(service)
    first = serve(real_store, port=port)
    first.await_ready()
    page = open_page(host=first.url)
    ask(page)
    first.stop()
    ask(page, "Qui dément ?")
    expect(page.locator(".error .lead")).to_contain_text("Le service ne répond pas")
    second = serve(real_store, port=port)
    try:
        second.await_ready()
        expect(page.locator(".turn").last.locator(".coverage")).to_be_visible(timeout=60_000)
        expect(page.locator(".question").last).to_have_text("Qui dément ?")
    finally:
        second.stop()


def test_the_page_waits_for_no_answer_to_be_painted_and_ready(open_page: Callable[..., Page]) -> None:
    """It can be read and typed into while the service still owes the articles and what may be done."""
    page = open_page(routes=dict.fromkeys(("**/documents", "**/documents?*", "**/ready"), lambda _: None))
    expect(page.locator(".welcome-lead")).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".quote").first).to_be_visible()
    expect(page.locator(".shelf")).to_have_count(0)
