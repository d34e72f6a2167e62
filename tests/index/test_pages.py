"""Web pages and feeds: the article, all of it, its blocks apart; and nothing of the page around it."""

from __future__ import annotations

import json
import time
from html import escape

import pytest
from files import rss

from index.formats.html import plain
from index.read import read_bytes

TITLE = "Le pont d'Alba reste fermé aux camions"
PARAGRAPHS = (
    "Le gouverneur a annoncé lundi la fermeture du pont, après la crue de la rivière qui a emporté une pile.",
    "Selon la mairie, au moins 300 personnes ont été évacuées dans la nuit de dimanche à lundi.",
    "« Nous ne savons pas quand il rouvrira », a déclaré le maire devant les habitants de la ville.",
)


def page(body: str) -> list[str]:
    """The lines of the article of a page with this body."""
    head = f"<head><meta charset='utf-8'><title>{TITLE}</title></head>"
    return (
        read_bytes(f"<html>{head}<body>{body}</body></html>".encode(), "a.html")
        .documents[0]
        .text.split("\n\n")
    )


H1 = f"<h1>{TITLE}</h1>"
ALL = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def test_the_blocks_of_a_page_stay_apart() -> None:
    """A title, a byline and a sentence are never one line, however short the page or its items are."""
    flash = page(f"<article>{H1}<p>Par Le Relais</p><p>Le pont est fermé.</p><p>Il rouvrira.</p></article>")
    assert flash[-2:] == ["Le pont est fermé.", "Il rouvrira."]
    items = "".join(f"<li><h2>Titre {n}</h2><p>Le fait {n} est là.</p><p>Il dure.</p></li>" for n in (1, 2))
    assert page(f"<article>{H1}{ALL}<ul>{items}</ul></article>")[4:] == [
        "Titre 1", "Le fait 1 est là.", "Il dure.", "Titre 2", "Le fait 2 est là.", "Il dure.",
    ]  # fmt: skip


def test_a_table_for_the_layout_is_no_table() -> None:
    """Old pages lay out their text in cells; a table of figures keeps its rows."""
    menu = "<td><a href='/'>Accueil</a><br><a href='/m'>Monde</a></td>"
    assert page(f"<table><tr>{menu}<td>{ALL}</td></tr></table>")[-3:] == list(PARAGRAPHS)
    rows = "<table><tr><td>Ville</td><td>Morts</td></tr><tr><td>Alba</td><td>12<br>(3)</td></tr></table>"
    assert any("Alba | 12" in line for line in page(f"<article>{H1}{ALL}{rows}</article>"))


def test_what_leads_in_and_what_corrects_is_the_article_s() -> None:
    """The lines between title and text are kept, a correction behind it too, links to others are not."""
    lead = "La crue de dimanche a emporté une pile du pont, que l'on disait solide depuis un siècle."
    right = "Rectificatif : le pont a quatre piles, et non trois comme nous l'avons écrit."
    top = f"<header>{H1}<p class='standfirst'>{lead}</p><div>Par Zoé Lamy</div></header>"
    end = f"<div class='related'><a href='/x'>Le pont en cinq dates</a></div><div class='note'>{right}</div>"
    found = page(f"{top}<div class='article-body'>{ALL}</div>{end}")
    assert found[:2] == [TITLE, lead]
    assert found[-1] == right
    assert "Le pont en cinq dates" not in found


def test_a_box_beside_the_article_is_read_where_it_is_no_list_of_links() -> None:
    facts = "1998 : le pont est bâti en deux ans. 2016 : une première crue l'ébranle, sans dommage."
    assert facts in page(f"<article>{H1}{ALL}<aside><p>{facts}</p></aside></article>")
    links = "<aside><p>Lire aussi nos autres articles sur ce pont et sur la <a href='/x'>crue</a></p></aside>"
    assert not any("Lire aussi" in line for line in page(f"<article>{H1}{ALL}{links}</article>"))
    said = PARAGRAPHS[2][2:60]
    assert said not in page(f"<article>{H1}{ALL}<aside><p>{said}</p></aside></article>")


def test_marks_of_footnotes_are_not_glued_to_words() -> None:
    """A raised digit stays where it is no link: « m² », « XIXᵉ »."""
    note = "Le pont a cédé.<sup><a href='#n1'>1</a></sup> Il couvre 300 m<sup>2</sup>."
    assert "Le pont a cédé. Il couvre 300 m2." in page(f"<article>{H1}{ALL}<p>{note}</p></article>")


def test_a_page_says_what_its_reader_sees() -> None:
    """What is struck out is not said any more; the marks that a browser puts around a quotation are."""
    said = (
        "Le bilan est de <del>12</del> <ins>15</ins> morts, <s>selon le maire</s> et c'est <q>provisoire</q>."
    )
    wanted = "Le bilan est de 15 morts, et c'est “provisoire”."
    assert wanted in page(f"<article>{H1}{ALL}<p>{said}</p></article>")
    assert plain(f"<p>{said}</p>") == wanted
    french = f"<html lang='fr-FR'><body><article>{H1}{ALL}<p>{said}</p></article></body></html>"
    assert "« provisoire »" in read_bytes(french.encode(), "a.html").documents[0].text


@pytest.mark.parametrize("tag", ["time", "label", "button", "q", "em", "a", "abbr", "span", "cite", "small"])
def test_a_sentence_keeps_every_word(tag: str) -> None:
    """Whatever a page marks within it: « a signé l'arrêté » is not what « a signé mardi l'arrêté » says."""
    said = f"Le préfet a signé <{tag}>mardi</{tag}> l'arrêté qui ferme le pont d'Alba."
    wanted = ("Le préfet", "a signé", "mardi", "l'arrêté qui ferme le pont d'Alba.")
    assert " ".join(wanted) in [
        line.replace("“", "").replace("”", "") for line in page(f"{H1}{ALL}<p>{said}</p>")
    ]


def test_a_break_within_a_sentence_does_not_end_it() -> None:
    """Neither a break of the page nor a line end of its source; a break between sentences does."""
    broken = (
        "Le convoi est arrivé dans la ville après six jours<br>de route, chargé\nde farine.<br>Il repart."
    )
    wanted = ["Le convoi est arrivé dans la ville après six jours de route, chargé de farine.", "Il repart."]
    assert page(f"<article>{H1}{ALL}<p>{broken}</p></article>")[-2:] == wanted
    assert plain(f"<p>{broken}</p>").split("\n\n") == wanted


@pytest.mark.parametrize(
    "body", ["<p>{}</p>", "<article><p>{}</p></article>", "<!-- saved from {0} -->{0}", "{}"]
)
def test_a_piece_of_a_page_is_read(body: str) -> None:
    """What systems export has no page around it."""
    assert PARAGRAPHS[0] in read_bytes(body.format(PARAGRAPHS[0]).encode(), "a.html").documents[0].text


def test_text_escaped_twice_is_text() -> None:
    """In a feed and in an export, as many systems write them; an ampersand stays what it is."""
    twice = escape(escape("<p>L'été est là &amp; il dure.</p><p>Enfin.</p>"))
    assert plain(twice) == "L'été est là & il dure.\n\nEnfin."
    assert plain("R&amp;D : 3 &lt; 4") == "R&D : 3 < 4"
    line = json.dumps({"text": "<p>Le pont &eacute;tait vieux.</p><p>Il tombe.</p>"})
    assert read_bytes(line.encode(), "a.jsonl").documents[0].text == "Le pont était vieux.\n\nIl tombe."


def test_text_with_a_link_in_it_keeps_its_lines() -> None:
    """Only where nothing else parts its paragraphs; escaped twice too."""
    text = "Un titre\n\nLe pont&nbsp;: <a href='x'>il ferme</a>.\n\nEnfin."
    assert plain(text) == plain(escape(text)) == "Un titre\n\nLe pont : il ferme.\n\nEnfin."


def test_a_feed_gives_the_article_rather_than_a_long_link() -> None:
    """The longer text counts, not the longer markup."""
    summary = f"<p>Résumé. <a href='https://exemple.org/{'x' * 900}'>Lire la suite</a></p>"
    feed = rss(TITLE, PARAGRAPHS).decode()
    whole = f"<content:encoded><![CDATA[<p>{PARAGRAPHS[0]}</p>]]></content:encoded>"
    feed = feed.replace("<rss", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"', 1)
    start, end = feed.index("<description>", feed.index("<item>")), feed.rindex("</description>")
    feed = f"{feed[:start]}<description><![CDATA[{summary}]]>{feed[end:]}".replace(
        "</item>", f"{whole}</item>"
    )
    assert PARAGRAPHS[0] in read_bytes(feed.encode(), "a.rss").documents[0].text


@pytest.mark.parametrize(
    "unit", ["<p>Un mot.</p>", "un mot<br>", "<li><h2>Abcd</h2><p>Abcd.</p></li>", "<aside>a</aside>"]
)
def test_a_page_of_one_thing_takes_linear_time(unit: str) -> None:
    """A page that repeats a block is read in seconds."""
    began = time.perf_counter()
    page(f"<article>{H1}{ALL}{unit * (200_000 // len(unit))}</article>")
    assert time.perf_counter() - began < 15
