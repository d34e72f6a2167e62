// The articles: some or all of them in a list, with a search; or one whole, to the letter, with the quoted span highlighted,
// each sentence's stance in a strip beside its paragraph, and what is not the article's own text dimmed.

import { button, filterBy, h, joined, outward, profile, STANCES, t } from "./dom.js";
import { cut } from "./offsets.js";
import { origins, title, titleLink } from "./quote.js";
import { SHELF } from "./route.js";

/** A list of articles, each with what is known of it; where `writable`, each can be removed. */
export const shelf = (documents, writable) => h("ul.shelf", documents.map((item) => h("li", shelved(item, writable))));

function shelved(item, writable) {
	const { id, title, passages: n, stance } = item;
	return [
		h("p.muted", joined([titleLink(item), ...origins(item)])), // where the search looks
		h("p.muted", joined([t("passages", { n }), filterBy("document", id, t("only")), writable && button("remove", t("remove"), { data: { id, name: title || id } })])),
		profile(stance),
	];
}

/** The drawer; `writing` is "key" where articles can be added, "off" where not, `state` what became of those added. */
export function renderDrawer({ documents }, writing, state) {
	return [
		h("h2", t("articles", { n: documents.length })),
		writing === "key" && h("label.drop", t("add_files"), h("input.files.unseen", { type: "file", multiple: true })),
		writing === "off" && h("p.muted", t("error_writing_off")),
		state,
		h("input.search", { type: "search", placeholder: t("search"), "aria-label": t("search") }),
		shelf(documents, writing === "key"),
	];
}

// For comparing: without accents and capitals.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** Hides the articles of the drawer that lack the words of its search; says how many are left. */
export function searchShelf(drawer) {
	const wanted = plain(drawer.querySelector(".search").value).split(/\s+/);
	const items = [...drawer.querySelector(".shelf").children];
	for (const item of items) item.hidden = !wanted.every((word) => plain(item.firstChild.textContent).includes(word));
	const said = t("articles", { n: items.filter((item) => !item.hidden).length });
	drawer.querySelector("h2").replaceChildren(said);
	return said;
}

// --- one article ---

/** An article for { document, text, passages } and the span to highlight where its words stand there. */
export function renderArticle({ document, text, passages }, span) {
	const used = STANCES.filter((name) => passages.some(({ stance }) => stance === name));
	return [
		h("h2", { dir: "auto" }, title(document)),
		h("p.muted", joined([...origins(document), outward(document.url, t("original"))])),
		profile(document.stance),
		h(
			"p.legend.muted",
			t("strip"),
			used.map((stance) => h("span", h("span.sample", { data: { stance } }), t.of("stance", stance))),
			h("span", t("furniture")),
		),
		h("div.article-text", { lang: document.language }, paragraphs(text, passages, span).map((each) => renderParagraph(each, span))),
	];
}

/** The bar over the panel's content: to the list of articles, and back to the conversation. */
export const panelBar = () =>
	h("div.article-bar", h("a", { href: SHELF }, t("documents")), button("close", "×", { class: "close", "aria-label": t("close") }));

// Paragraphs: [{ pieces: [{ text, spans }], lengths: Map(passage → its length there) }]; all pieces joined are the text again.
export function paragraphs(text, passages, span) {
	let at = 0;
	const lines = [...text.matchAll(/[\r\n]\s*|[^\r\n]+/g)].map(([run]) => ({ start: at, end: (at += [...run].length) }));
	const result = [];
	let open = null;
	for (const piece of cut(text, 0, [...lines, ...passages, span])) {
		const passage = piece.spans.find(isPassage);
		if (!open) result.push((open = { pieces: [], lengths: new Map() }));
		open.pieces.push(piece);
		if (passage) open.lengths.set(passage, (open.lengths.get(passage) ?? 0) + piece.end - piece.start);
		// Line ends close a paragraph, unless a sentence goes on after them.
		else if (isBreak(piece)) open = null;
	}
	return result;
}

const isPassage = ({ stance }) => stance;
const isBreak = ({ text }) => /^[\r\n]/.test(text);

function renderParagraph({ pieces, lengths }, span) {
	const items = [...lengths].map(([{ stance, text }, length]) => {
		const does = t.does(stance);
		const item = h("li", { data: { stance }, title: does }, h("span.unseen", `${does} · ${text.match(/^.{0,60}/su)[0]}…`));
		item.style.flexGrow = length; // each sentence takes its share of the paragraph's height
		return item;
	});
	return h("div.paragraph", items.length > 0 && h("ul.strip", items), h("p", { dir: "auto" }, pieces.map((piece) => renderPiece(piece, span))));
}

// Every piece is isolated: a direction override in one sentence cannot turn the next around.
function renderPiece(piece, span) {
	const { text, spans } = piece;
	if (spans.includes(span)) return h("mark.hit", { tabindex: -1 }, text);
	if (isBreak(piece)) return h("span.break", text);
	return h(spans.some(isPassage) || !text.trim() ? "bdi" : "bdi.furniture", text);
}
