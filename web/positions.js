// Who says what, who says different things, and which quotes contradict each other: nothing but names and quotes.

import { badge } from "./badge.js";
import { filterBy, h, isolated, joined, short, toQuote } from "./dom.js";

const BEGINNING = 90;

/** The voices by what they say; one who is not heard has no position. */
export function renderPositions(positions, id, t) {
	const changed = new Map(positions.filter(({ steps }) => steps?.length > 1).map((one) => [one.actor ?? one.holder, one]));
	return h(
		"section.positions",
		h("h3", t("positions")),
		h("ul", [...Map.groupBy(positions, ({ stance }) => stance)].map(([stance, said]) => h("li", badge(stance, t, "voice"), h("ul", said.map((one) => h("li", name(one, t), links(one, id, t))))))),
		changed.size > 0 && [h("h3", t("changes")), h("ul", [...changed.values()].map((one) => change(one, id, t)))],
	);
}

const name = ({ holder }, t) => filterBy("voice", holder, isolated(holder), t);
const links = ({ quotes }, id, t) => quotes.map((quote) => [" ", toQuote(id, quote, t)]);

function change(one, id, t) {
	const steps = one.steps.map((step) =>
		h("span", badge(step.stance, t, "voice"), links(step, id, t), one.dated && h("span.muted", ` ${t.date(step.published)}`)),
	);
	// An arrow only where the days are known: else the order is that of the quotes.
	return h("li", name(one, t), " ", h("span.steps", joined(steps, one.dated ? " → " : " · ")));
}

/** Pairs of quotes that cannot both be true, each by its figure or its beginning. */
export function renderContradictions(pairs, quotes, id, t) {
	const side = (index, figure) => {
		const { text, document } = quotes[index];
		return h("span", toQuote(id, index, t), " ", isolated(figure?.text ?? short(text, BEGINNING), { lang: document.language }));
	};
	return h(
		"section.contradictions",
		h("h3", t("contradictions")),
		h("ul", pairs.map(({ quotes: [one, other], figures = [] }) => h("li", side(one, figures[0]), h("span.against", { role: "img", "aria-label": t("against") }, "≠"), side(other, figures[1])))),
	);
}
