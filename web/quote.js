// One quote as a newspaper sets it: the words to the letter, who speaks, the source.

import { badge } from "./badge.js";
import { button, filterBy, formats, h, isolated, joined, outward, webAddress } from "./dom.js";
import { cut } from "./offsets.js";
import { documentRoute } from "./route.js";

const LONG = 2500; // characters from which a quote scrolls in its own box

export function renderQuote(quote, id, number, t) {
	const { document, text, before, after, score } = quote;
	const lang = document.language;
	const long = text.length > LONG;
	const notes = [];
	const around = (words) => words && h("p.around", { dir: "auto", hidden: true }, isolated(words));
	return h(
		"li.quote",
		{ id, "data-stance": quote.stance, tabindex: -1, "aria-label": t("quote", { n: number }) },
		h("div.quote-head", badge(quote.stance, t), h("span.place", joined([typeof score === "number" && t("score", { percent: t.percent(score) }), String(number)])), quote.heading && h("bdi.heading", { lang }, quote.heading)),
		h(
			"blockquote",
			{ lang, cite: webAddress(document.url) },
			around(before),
			h("p", { class: long ? "words long" : "words", dir: "auto", tabindex: long ? 0 : null }, marked(quote, id, notes, t)),
			around(after),
		),
		voices(quote, t),
		notes,
		source(quote, t),
	);
}

// Holders and cues are underlined, figures strong. Explanations are hidden notes beside the quote, whose own text
// so stays to the letter.
function marked(quote, id, notes, t) {
	return cut(quote.text, quote.start, explained(quote, t)).map((piece) => {
		const words = emphasised(piece, quote.figures ?? []);
		if (!piece.spans.length) return words;
		const note = `${id}-note-${notes.length}`;
		notes.push(h("span", { id: note, hidden: true }, piece.spans.map((span) => h("span", span.note))));
		const kinds = piece.spans.map(({ kind }) => kind).join(" ");
		return h("span", { class: `mark ${kinds}`, role: "button", tabindex: 0, "aria-describedby": note }, words);
	});
}

// A figure that straddles an underlined piece is cut at its border; each part is strong.
function emphasised({ text, start, end }, figures) {
	const inside = figures.map((figure) => ({ start: Math.max(figure.start, start), end: Math.min(figure.end, end) }));
	return cut(text, start, inside).map((piece) => (piece.spans.length ? h("strong.number", piece.text) : piece.text));
}

function explained({ cue, stance, voices }, t) {
	const spans = [];
	if (cue) spans.push({ ...cue, kind: "cue", note: `${t.does(stance)}. ${t.of("means", stance)}` });
	for (const { holder, resolved, cue: own, stance: position } of voices ?? []) {
		const said = t.of("voice", position);
		const who = () => isolated((resolved ?? holder)?.text ?? "");
		const meant = resolved ? [" ", t.parts("note_resolved", { who: who() })] : [];
		if (holder) spans.push({ ...holder, kind: "holder", note: [t("note_holder", { stance: said }), meant] });
		if (own) spans.push({ ...own, kind: "cue", note: t.parts("note_voice", { who: who(), stance: said }) });
	}
	return spans;
}

function voices({ voices: all = [], document: { language: lang } }, t) {
	const items = all
		.filter(({ holder }) => holder)
		.map(({ holder, stance, resolved }) =>
			h(
				"li",
				filterBy("voice", (resolved ?? holder).text, isolated(holder.text, { lang }), t),
				resolved && [" (", t.parts("that_is", { who: isolated(resolved.text, { lang }) }), ")"],
				h("span.muted", ` · ${t.of("voice", stance)}`),
			),
		);
	return items.length > 0 && h("div.voices", h("span.muted", t("voices")), h("ul", items));
}

function source({ document, start, end, before, after, also_in: others = [] }, t) {
	return h(
		"footer.source",
		h("p", joined([h("cite", title(document, t)), ...origins(document, t)])),
		others.length > 0 && h("p.muted", t("also_in"), " ", joined(others.map((other) => elsewhere(other.document ?? other, other, t)))),
		h(
			"div.actions",
			h("a.read", { href: documentRoute(document.id, start, end) }, t("read")),
			formats("copy", ["Text", "Markdown", "BibTeX"], t),
			outward(document.url, t("original")),
			(before || after) && button("context", t("context"), { "aria-expanded": "false" }),
			filterBy("document", document.id, t("only"), t),
		),
		webAddress(document.url) && h("p.printed", document.url),
	);
}

const elsewhere = (document, { start, end }, t) => h("a", { href: documentRoute(document.id, start, end) }, title(document, t));

/** A quote to paste: its words to the letter, what the article and others say of them, and where they stand. */
export function asText({ text, stance, voices: said = [], document: { id, title: words, publisher, published, url } }, t) {
	const positions = said.map(({ holder, resolved, stance: position }) => holder && `${(resolved ?? holder).text} (${t.of("voice", position)})`);
	const credits = [words ?? id, publisher, published && t.date(published), webAddress(url)];
	return `${t("quotation", { text })}\n— ${joined([credits.filter(Boolean).join(", "), t.does(stance), ...positions]).join("")}`;
}

/** Publisher and date, those that are known. */
export const origins = ({ publisher, published }, t) => [publisher && isolated(publisher), published && t.date(published)];

/** An article's title in its own language; without one, its id, so that it can be told apart. */
export function title({ id, title: words, language: lang }, t) {
	return words ? isolated(words, { lang }) : h("span", t("untitled"), " (", isolated(id), ")");
}
