// The articles there are: a few on the first page, all of them in a drawer with a search.

import { profile } from "./badge.js";
import { button, filterBy, h, joined, plain } from "./dom.js";
import { origins, title } from "./quote.js";
import { documentRoute } from "./route.js";
import { renderAdding } from "./writing.js";

/** A list of articles, each with what is known of it; where `writable`, each can be removed. */
export const shelf = (documents, t, writable) => h("ul.shelf", documents.map((item) => shelved(item, t, writable)));

function shelved(item, t, writable) {
	const count = Number.isInteger(item.passages) && t("passages", { n: item.passages });
	return h(
		"li",
		h("a.shelf-title", { href: documentRoute(item.id) }, title(item, t)),
		h("p.muted", joined([...origins(item, t), count, filterBy("document", item.id, t("only"), t), writable && button("remove", t("remove"), { "data-id": item.id, "data-name": item.title ?? item.id })])),
		profile(item.stance, t),
	);
}

/** The drawer; `writing` is "key" where articles can be added, "off" where not, `state` what became of those added. */
export function renderDrawer({ documents = [] }, writing, state, t) {
	return [
		h("h2", t("articles", { n: documents.length })),
		writing && renderAdding(writing, t),
		state,
		h("input.search", { type: "search", placeholder: t("search"), "aria-label": t("search") }),
		shelf(documents, t, writing === "key"),
	];
}

/** Hides the articles of the drawer that lack the words of its search; says how many are left. */
export function searchShelf(drawer, t) {
	const wanted = plain(drawer.querySelector(".search").value).split(/\s+/);
	const items = [...drawer.querySelector(".shelf").children];
	for (const item of items) item.hidden = !wanted.every((word) => plain(item.textContent).includes(word));
	const said = t("articles", { n: items.filter((item) => !item.hidden).length });
	drawer.querySelector("h2").replaceChildren(said);
	return said;
}
