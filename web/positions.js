// Who says what, who says different things, and which quotes contradict each other: nothing but names and quotes.

import { position } from "./badge.js";
import { filterBy, h, isolated, joined, toQuote } from "./dom.js";

/** The voices by what they say; one who is not heard has no position. */
export function renderPositions(positions, id, t) {
	const changed = new Map(positions.filter(({ steps }) => steps?.length > 1).map((one) => [one.actor ?? one.holder, one]));
	return h(
		"section.positions",
		h("h3", t("positions")),
		h("ul", [...Map.groupBy(positions, ({ stance }) => stance)].map(([stance, said]) => h("li", position(stance, t), h("ul", said.map((one) => h("li", name(one, t), links(one, id, t))))))),
		changed.size > 0 && [h("h3", t("changes")), h("ul", [...changed.values()].map((one) => change(one, id, t)))],
	);
}

const name = ({ holder }, t) => filterBy("voice", holder, isolated(holder), t);
const links = ({ quotes }, id, t) => quotes.map((quote) => [" ", toQuote(id, quote, t)]);

function change(one, id, t) {
	const steps = one.steps.map((step) =>
		h("span", position(step.stance, t), links(step, id, t), one.dated && h("span.muted", ` ${t.date(step.published)}`)),
	);
	// An arrow only where the days are known: else the order is that of the quotes.
	return h("li", name(one, t), " ", h("span.steps", joined(steps, one.dated ? " → " : " · ")));
}

/** Pairs of quotes that cannot both be true, each by its figure or its beginning. */
export function renderContradictions(pairs, quotes, id, t) {
	const side = (index, figure) => {
		const { text, document } = quotes[index];
		return h("span", toQuote(id, index, t), " ", isolated(figure?.text ?? beginning(text), { lang: document.language }));
	};
	return h(
		"section.contradictions",
		h("h3", t("contradictions")),
		h("ul", pairs.map(({ quotes: [one, other], figures = [] }) => h("li", side(one, figures[0]), h("span.against", { role: "img", "aria-label": t("against") }, "≠"), side(other, figures[1])))),
	);
}

/** By whole words where there are some. */
function beginning(text) {
	const [words] = text.match(/^(.{0,90}(?=\s|$)|.{90})/su);
	return words === text ? text : `${words}…`;
}
