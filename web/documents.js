// The articles there are: a few on the first page, all of them in a drawer with a search.

import { profile } from "./badge.js";
import { filterBy, h, joined, plain } from "./dom.js";
import { origins, title } from "./quote.js";
import { documentRoute } from "./route.js";

/** A list of articles, each with what is known of it. */
export const shelf = (documents, t) => h("ul.shelf", documents.map((item) => shelved(item, t)));

function shelved(item, t) {
	const count = Number.isInteger(item.passages) && t("passages", { n: item.passages });
	return h(
		"li",
		h("a.shelf-title", { href: documentRoute(item.id) }, title(item, t)),
		h("p.muted", joined([...origins(item, t), count, filterBy("document", item.id, t("only"), t)])),
		profile(item.stance, t),
	);
}

/** The drawer. Its search hides what lacks the words; `found` announces how many are left. */
export function renderDrawer({ documents = [] }, t) {
	return [
		h("h2", t("articles", { n: documents.length })),
		h("input.search", { type: "search", placeholder: t("search"), "aria-label": t("search") }),
		shelf(documents, t),
	];
}

export function searchShelf(list, text) {
	const wanted = plain(text).split(/\s+/);
	for (const item of list.children) item.hidden = !wanted.every((word) => plain(item.textContent).includes(word));
	return list.querySelectorAll(":scope > :not([hidden])").length;
}
