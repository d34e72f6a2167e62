// The stance of a sentence, told by a word, a shape and a colour, so that none has to be told apart alone.
// Shape and colour are drawn by the style sheet from data-stance.

import { filterBy, h } from "./dom.js";

export const STANCES = ["asserts", "reports", "doubts", "denies", "neutral"];

/** What an article does, as a sentence. */
export const badge = (stance, t) =>
	h("span.badge", { "data-stance": stance, title: t.has(`means_${stance}`) && t(`means_${stance}`) }, t.does(stance));

/** What a voice does, in a word: the place says whose. */
export const position = (stance, t) => h("span.badge", { "data-stance": stance }, t.of("voice", stance));

/** How many sentences do what: "reports 9", "doubts 2". Those that are none are left out; where asked, each filters. */
export function tallies(counts, t, filtering) {
	const found = STANCES.filter((stance) => counts?.[stance] > 0);
	return found.map((stance) => {
		const words = `${t.of("stance", stance)} ${counts[stance]}`;
		return h("li.badge", { "data-stance": stance }, filtering ? filterBy("stance", stance, words, t) : words);
	});
}

/** A document's profile: a bar with its counts in words. */
export function profile(stance, t) {
	const items = tallies(stance?.counts, t);
	const parts = items.map(({ dataset }) => {
		const part = h("span", { "data-stance": dataset.stance });
		part.style.flexGrow = stance.counts[dataset.stance];
		return part;
	});
	return items.length > 0 && h("div.profile", h("span.bar", { "aria-hidden": "true" }, parts), h("ul.tallies", items));
}
