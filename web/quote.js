// One quote as a newspaper sets it: the words to the letter, who speaks, the source.

import { badge, button, filterBy, formats, h, isolated, joined, list, outward, t, webAddress } from "./dom.js";
import { cut } from "./offsets.js";
import { documentRoute } from "./route.js";

const LONG = 2500; // characters from which a quote scrolls in its own box

export function renderQuote(quote, id, number) {
	const { document, text, stance, before, after, score } = quote;
	// In an interview an answer means little without its question.
	const heading = quote.asked?.text ?? quote.heading;
	const lang = document.language;
	const notes = [];
	const around = (words) => words && h("p.around", { dir: "auto" }, isolated(words));
	return h(
		"li.quote",
		{ id, data: { stance }, tabindex: -1, "aria-label": t("quote", { n: number }) },
		h("div.quote-head", badge(stance), h("span.place", joined([score >= 0 && t("score", { percent: t.percent(score) }), String(number)])), heading && h("bdi.heading", { lang }, heading)),
		h(
			"blockquote",
			{ lang },
			around(before),
			h("p.words", { dir: "auto", tabindex: text.length > LONG && 0 }, marked(quote, id, notes)),
			around(after),
		),
		voices(quote),
		notes,
		source(quote),
	);
}

// Holders and cues are underlined, figures strong. Notes are hidden beside the quote: its text stays to the letter.
function marked(quote, id, notes) {
	return cut(quote.text, quote.start, explained(quote)).map((piece) => {
		const words = emphasised(piece, quote.figures ?? []);
		if (!piece.spans.length) return words;
		const note = `${id}-note-${notes.length}`;
		notes.push(h("div", { id: note, popover: "manual" }, piece.spans.map((span) => h("p", span.note))));
		const kinds = piece.spans.map(({ kind }) => kind).join(" ");
		return h("span", { class: `mark ${kinds}`, role: "button", tabindex: 0, "aria-describedby": note }, words);
	});
}

// A figure that straddles an underlined piece is cut at its border; each part is strong.
function emphasised({ text, start, end }, figures) {
	const inside = figures.map((figure) => ({ start: Math.max(figure.start, start), end: Math.min(figure.end, end) }));
	return cut(text, start, inside).map((piece) => (piece.spans.length ? h("strong.number", piece.text) : piece.text));
}

const heard = ({ voices = [], speaker }) => voices.concat(speaker ?? []);

function explained(quote) {
	const { cue, stance } = quote;
	const spans = cue ? [{ ...cue, kind: "cue", note: `${t.does(stance)}. ${t.of("means", stance)}` }] : [];
	for (const { holder, resolved, cue: own, stance: position } of heard(quote)) {
		const said = t.of("voice", position);
		const who = () => isolated((resolved ?? holder).text);
		const meant = resolved && [" ", t.parts("note_resolved", { who: who() })];
		spans.push({ ...holder, kind: "holder", note: [t("note_holder", { stance: said }), meant] });
		if (own) spans.push({ ...own, kind: "cue", note: t.parts("note_voice", { who: who(), stance: said }) });
	}
	return spans;
}

function voices(quote) {
	const lang = quote.document.language;
	const items = heard(quote).map(({ holder, stance, resolved }) => [
		filterBy("voice", (resolved ?? holder).text, isolated(holder.text, lang)),
		resolved && [" (", t.parts("that_is", { who: isolated(resolved.text, lang) }), ")"],
		h("span.muted", ` · ${t.of("voice", stance)}`),
	]);
	return items[0] && h("div.voices", h("span.muted", t("voices")), list("ul", items));
}

function source({ document, before, after, also_in: others = [], ...span }) {
	const { id, url } = document;
	return h(
		"footer.source",
		h("p", joined([h("cite", title(document)), ...origins(document)])),
		others[0] && h("p.muted", t("also_in"), " ", joined(others.map((other) => titleLink(other.document ?? other, other)))),
		h(
			"div.actions",
			h("a.read", { href: documentRoute(id, span) }, t("read")),
			formats("copy", ["Text", "Markdown", "BibTeX"]),
			outward(url, t("original")),
			(before || after) && button("context", t("context"), { "aria-expanded": "false" }),
			filterBy("document", id, t("only")),
		),
		webAddress(url) && h("p.printed", url),
	);
}

/** Publisher and date, those that are known. */
export const origins = ({ publisher, published }) => [publisher && isolated(publisher), t.date(published)];

/** An article's title in its own language; without one, its id. */
export const title = ({ id, title: words, language }) => (words ? isolated(words, language) : isolated(id));

/** A link to an article, at a span of it when one is given. */
export const titleLink = (document, span) => h("a", { href: documentRoute(document.id, span) }, title(document));
