// What several sources say, side by side: the figures (as a picture, and as tables in which the same figure of several
// sources stands once), who says what, and which quotes contradict each other. Nothing but names, numbers and quotes.

import { badge, filterBy, h, isolated, joined, list, numbered, position, shaped, t, toQuote } from "./dom.js";

const [LEFT, WIDTH] = [6, 86]; // percents of the picture; open ends reach beyond
const RATIO = 20; // beyond which equal steps would press the small figures together

/** `rows` and their `spread`. What the picture shows already, and what counts another thing than was asked, is folded away. */
export function renderFigures(rows, spread, id) {
	const asked = rows.filter(({ apart }) => !apart);
	const plot = spread && renderPlot(asked, id);
	return h(
		"section",
		spread && h("p.spread", spreadWords(spread)),
		plot,
		table("figures", asked, !plot, id),
		table("apart", rows.filter(({ apart }) => apart), false, id),
	);
}

// Of figures of no kind that has a name, it names none.
function spreadWords({ kind, part, groups: n, ...ends }) {
	const known = ["low", "high"].filter((end) => Number.isFinite(ends[end])).join("_");
	const told = part ?? kind;
	return known && joined([h("strong", t(`spread_${known}`, ends)), told !== "other" && t.of("kind", told), t("different", { n })]);
}

function table(name, rows, open, id) {
	const heads = ["figure", "according"].map((key) => h("th", { scope: "col" }, t(key)));
	const bodies = [...Map.groupBy(rows, ({ part, figure }) => part ?? figure.kind)];
	const whole = h("table.figures", { "aria-label": t(name) }, h("thead", h("tr", heads)), bodies.map(([kind, entries]) => body(kind, entries, id)));
	return rows[0] && h("details", { id: `${id}-${name}`, open }, h("summary", t(name)), whole);
}

// A row for each figure, beside it all who give it.
function body(kind, rows, id) {
	const groups = Map.groupBy(rows, (row) => row.group ?? row);
	return h(
		"tbody",
		h("tr", h("th.kind", { scope: "rowgroup", colspan: 2 }, t.of("kind", kind))),
		[...groups.values()].map((same) => h("tr", h("td", counted(same[0])), h("td", same.map((row) => says(row, id))))),
	);
}

const counted = ({ figure, origins }) => [
	h("bdi.amount", figure.text),
	figure.unit && [" ", isolated(figure.unit.text)],
	origins > 1 && h("span.when", t("origins", { n: origins })),
];

const says = ({ quote, holder, stance, published }, id) =>
	h("div.says", h("div", holder ? isolated(holder) : t("the_article"), " ", numbered(id, [quote]), published && h("span.when", t.date(published))), badge(stance));

// A row for each figure, its bounds on one scale, by date where dates are known. What colour tells, shape tells too.
function renderPlot(rows, id) {
	const drawn = rows.filter(({ figure }) => bounds(figure).length).sort(byDay);
	const ends = drawn.flatMap(({ figure }) => bounds(figure));
	const [min, max] = [Math.min(...ends), Math.max(...ends)];
	if (drawn.length < 2 || min === max) return null;
	const log = min > 0 && max / min > RATIO;
	const scale = log ? Math.log10 : Number;
	const x = (value) => LEFT + (WIDTH * (scale(value) - scale(min))) / (scale(max) - scale(min));
	return h(
		"div.plot",
		{ role: "group", "aria-label": t(log ? "plot_log" : "plot") },
		ticks(min, max, log).map((value) => placed(h("span.tick", h("span", t.rounded(value))), x(value))),
		drawn.map((row) => drawRow(row, x, id)),
	);
}

const bounds = ({ low, high }) => [low, high].filter(Number.isFinite);

// By day, the undated last; on one day from low to high.
const byDay = (one, other) =>
	(one.published ?? "9999").localeCompare(other.published ?? "9999") || bounds(one.figure)[0] - bounds(other.figure)[0];

/** A few round values from min to max, so few that a phone has room for them: powers of ten on a log scale. */
export function ticks(min, max, log) {
	const [from, to] = log ? [Math.log10(min), Math.log10(max)] : [min, max];
	const power = 10 ** Math.floor(Math.log10(to - from));
	const ratio = (to - from) / power;
	const step = log ? Math.ceil((to - from) / 4) : power * (ratio < 2 ? 0.5 : ratio < 6 ? 2 : 5);
	const values = [];
	for (let n = Math.ceil(from / step); n * step <= to; n += 1) values.push(log ? 10 ** (n * step) : n * step);
	return values;
}

// The whole row is the link: easy to hit, and named by all that it shows. An end that nobody gives is an arrow to the edge.
function drawRow({ figure, quote, holder, stance, published }, x, id) {
	const places = bounds(figure).map(x);
	const [open, endless] = [figure.low, figure.high].map((end) => !Number.isFinite(end));
	const who = joined([t.day(published), holder ?? t("the_article")]).join("");
	const said = `${figure.text} · ${who}. ${t.does(stance)}`;
	const range = h("span.range", h("span", open && "◂"), endless && "▸");
	return toQuote(
		id,
		quote,
		{ data: { stance, action: "quote" }, title: said, "aria-label": `${said}. ${t("quote", { n: quote + 1 })}` },
		h("span.row", h("bdi.amount", figure.text), " ", isolated(who)),
		h(
			"span.track",
			placed(range, open ? 0 : places[0], endless ? 100 : places.at(-1)),
			[...new Set(places)].map((place) => placed(shaped(stance), place)),
		),
	);
}

// Set by script, which the security policy allows, and in percents, so that letters keep their size.
function placed(element, left, right = left) {
	element.style.left = `${left}%`;
	element.style.right = `${100 - right}%`;
	return element;
}

// --- voices ---

/** The voices by what they say; one who is not heard has no position. */
export function renderPositions(positions, id) {
	// Two of one name (« le maire ») may be two: what each says tells them apart.
	const changed = new Map(positions.filter(({ steps }) => steps?.length > 1).map((one) => [one.holder + JSON.stringify(one.steps), one]));
	const said = Map.groupBy(positions, ({ stance }) => stance);
	return h(
		"section.positions",
		h("h3", t("positions")),
		list("ul", [...said].map(([stance, all]) => [position(stance), list("ul", all.map((one) => [name(one), " ", numbered(id, one.quotes)]))])),
		changed.size > 0 && [h("h3", t("changes")), list("ul", [...changed.values()].map((one) => change(one, id)))],
	);
}

const name = ({ holder }) => filterBy("voice", holder, isolated(holder));

function change(one, id) {
	const steps = one.steps.map(({ stance, quotes, published }) =>
		h("span", position(stance), " ", numbered(id, quotes), one.dated && h("span.muted", t.date(published))),
	);
	// An arrow only where the days are known: else the order is that of the quotes.
	return [name(one), " ", h("span.steps", joined(steps, one.dated ? " → " : " · "))];
}

/** Pairs of quotes that cannot both be true, each by its figure or its beginning. */
export function renderContradictions(pairs, quotes, id) {
	const side = (index, figure) => {
		const { text, document } = quotes[index];
		return h("span", numbered(id, [index]), isolated(figure?.text ?? beginning(text), document.language));
	};
	return h(
		"section.contradictions",
		h("h3", t("contradictions")),
		list("ul", pairs.map(({ quotes: [one, other], figures = [] }) => [side(one, figures[0]), h("span.against", "≠"), side(other, figures[1])])),
	);
}

/** By whole words where there are some. */
function beginning(text) {
	const [words] = text.match(/^(.{0,90}(?=\s|$)|.{90})/su);
	return words === text ? text : `${words}…`;
}
