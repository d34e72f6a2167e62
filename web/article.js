// The whole article, to the letter: the quoted span highlighted, each sentence's stance in a strip beside its
// paragraph, what is not the article's own text dimmed.

import { profile, STANCES } from "./badge.js";
import { h, joined, outward } from "./dom.js";
import { sorted } from "./offsets.js";
import { origins, title } from "./quote.js";
import { SHELF } from "./route.js";

/** An article for { document, text, passages } and the span to highlight, or null. */
export function renderArticle({ document, text, passages }, span, t) {
	const used = STANCES.filter((stance) => passages.some((passage) => passage.stance === stance));
	return [
		h(
			"header.article-head",
			h("h2", { dir: "auto" }, title(document, t)),
			h("p.muted", joined([...origins(document, t), outward(document.url, t("original"))])),
			profile(document.stance, t),
			h(
				"p.legend.muted",
				t("strip"),
				used.map((stance) => h("span", h("span.sample", { "data-stance": stance }), t.of("stance", stance))),
				h("span", t("furniture")),
			),
		),
		h("div.article-text", { lang: document.language }, paragraphs(text, passages, span).map((each) => renderParagraph(each, t))),
	];
}

/** The bar over the panel's content: to the list of articles, and back to the conversation. */
export const panelBar = (t) =>
	h("div.article-bar", h("a", { href: SHELF }, t("documents")), h("button.close", { type: "button", "data-action": "close", "aria-label": t("close") }, "×"));

// Paragraphs: [{ pieces: [{ text, passage, marked }], sentences: [{ passage, length }] }]. A piece belongs to one
// passage (its index) or to none; all pieces joined are the text again.
export function paragraphs(text, passages, span) {
	const ordered = [...passages].sort((a, b) => a.start - b.start);
	const points = [...text];
	const marks = [...ordered, span ?? []].flatMap(({ start = 0, end = 0 }) => [start, end]);
	let at = 0;
	const lines = [...text.matchAll(/[\r\n]\s*|[^\r\n]+/g)].map(([run]) => (at += [...run].length));
	const borders = sorted([0, ...lines, ...marks]).filter((border) => border >= 0 && border <= points.length);

	const result = [];
	let open = null;
	let next = 0; // the first passage that does not end before this piece
	borders.slice(0, -1).forEach((start, index) => {
		const end = borders[index + 1];
		while (next < ordered.length && ordered[next].end <= start) next += 1;
		const passage = next < ordered.length && ordered[next].start <= start ? next : null;
		const piece = { text: points.slice(start, end).join(""), passage, marked: span?.start <= start && end <= span?.end };
		if (!open) result.push((open = { pieces: [], lengths: new Map() }));
		open.pieces.push(piece);
		if (passage !== null) open.lengths.set(passage, (open.lengths.get(passage) ?? 0) + end - start);
		// Line ends close a paragraph, unless a sentence goes on after them.
		if (isBreak(piece) && passage === null) open = null;
	});
	return result.map(({ pieces, lengths }) => ({
		pieces,
		sentences: [...lengths].map(([index, length]) => ({ passage: ordered[index], length })),
	}));
}

const isBreak = ({ text }) => /^[\r\n]/.test(text);

function renderParagraph({ pieces, sentences }, t) {
	const items = sentences.map(({ passage: { stance, text }, length }) => {
		const does = t.does(stance);
		const item = h("li", { "data-stance": stance, title: does }, h("span.unseen", `${does} : ${text.match(/^.{0,60}/su)[0]}…`));
		item.style.flexGrow = length; // each sentence takes its share of the paragraph's height
		return item;
	});
	return h("div.paragraph", items.length > 0 && h("ul.strip", items), h("p", { dir: "auto" }, pieces.map(renderPiece)));
}

// Every piece is isolated: a direction override in one sentence cannot turn the next around.
function renderPiece(piece) {
	const { text, passage, marked } = piece;
	if (marked) return h("mark.hit", { tabindex: -1 }, text);
	if (isBreak(piece)) return h("span.break", text);
	return h(passage === null && text.trim() ? "bdi.furniture" : "bdi", text);
}
