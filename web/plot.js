// The figures as a picture: a row for each, its bounds on one scale, by date where dates are known. What colour tells,
// shape tells too, and the table beside says it all in words. Positions are percents, so that letters keep their size.

import { h, isolated, joined, svg } from "./dom.js";

const ROW = 40;
const TRACK = 28; // where the line of a row runs, under its words
const [LEFT, WIDTH] = [6, 86]; // open ends reach beyond
const RATIO = 20; // beyond which equal steps would press the small figures together

export function renderPlot(rows, id, t) {
	const ends = rows.flatMap(({ figure }) => bounds(figure));
	const [min, max] = [Math.min(...ends), Math.max(...ends)];
	if (rows.length < 2 || !(min < max)) return null;
	const log = min > 0 && max / min > RATIO;
	const scale = log ? Math.log10 : Number;
	const x = (value) => LEFT + (WIDTH * (scale(value) - scale(min))) / (scale(max) - scale(min));
	const ordered = rows.filter(({ figure }) => bounds(figure).length).sort(byDay);
	const height = ROW * ordered.length;
	return svg(
		"svg.plot",
		{ width: "100%", height: height + 24, role: "group", "aria-label": t(log ? "plot_log" : "plot") },
		ticks(min, max, log).map((value) => [
			svg("line", { class: "tick", x1: percent(x(value)), x2: percent(x(value)), y2: height + 6 }),
			svg("text", { x: percent(x(value)), y: height + 20, "text-anchor": "middle" }, t.rounded(value)),
		]),
		ordered.map((row, index) => drawRow(row, ROW * index, x, id, t)),
	);
}

const bounds = ({ low, high }) => [low, high].filter(Number.isFinite);
const percent = (value) => `${Math.round(value * 100) / 100}%`;

// By day, the undated last; on one day from low to high.
function byDay(one, other) {
	const [day, next] = [one, other].map(({ published }) => published ?? "9999");
	return day === next ? bounds(one.figure)[0] - bounds(other.figure)[0] : day < next ? -1 : 1;
}

/** A few round values from min to max, so few that a phone has room for them: powers of ten on a log scale. */
export function ticks(min, max, log) {
	const [from, to] = log ? [Math.log10(min), Math.log10(max)] : [min, max];
	const power = 10 ** Math.floor(Math.log10(to - from));
	const ratio = (to - from) / power;
	const step = log ? Math.ceil((to - from) / 4) : power * (ratio < 2 ? 0.5 : ratio < 6 ? 2 : 5);
	const first = Math.ceil(from / step);
	const steps = Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) => (first + index) * step);
	return log ? steps.map((exponent) => 10 ** exponent) : steps;
}

// The whole row is the link: easy to hit, and named by all that it shows.
function drawRow({ figure, quote, holder, stance, published }, top, x, id, t) {
	const places = bounds(figure).map(x);
	const [from, to] = [figure.low === null ? 0 : places[0], figure.high === null ? 100 : places.at(-1)];
	const y = top + TRACK;
	const who = joined([published && t.day(published), holder ?? t("the_article")]).join("");
	const said = `${figure.text} · ${who}. ${t.does(stance)}`;
	const open = (at, path) => svg("svg", { x: percent(at), y }, svg("path", { d: path }));
	return svg(
		"a",
		{ href: `#${id}-${quote}`, "data-action": "quote", "data-stance": stance, "aria-label": `${said}. ${t("quote", { n: quote + 1 })}` },
		svg("title", said),
		svg("rect", { y: top, width: "100%", height: ROW }),
		svg("foreignObject", { y: top, width: "100%", height: TRACK }, h("p.row", h("bdi.amount", figure.text), " ", isolated(who))),
		from < to && svg("line", { x1: percent(from), x2: percent(to), y1: y, y2: y }),
		figure.low === null && open(0, "M8-4 2 0 8 4"),
		figure.high === null && open(100, "M-8-4-2 0-8 4"),
		[...new Set(places)].map((at) => svg("svg", { x: percent(at), y }, shape(stance))),
	);
}

// As in the badges: a disc full, half or empty; a question mark, a cross.
function shape(stance) {
	if (stance === "doubts") return [svg("circle.blank", { r: 8 }), svg("text.sign", { y: 6, "text-anchor": "middle" }, "?")];
	if (stance === "denies") return svg("path.cross", { d: "M-5-5 5 5M5-5-5 5" });
	return [
		svg("circle", { r: 5.5, class: stance === "asserts" ? "full" : "blank" }),
		stance === "reports" && svg("path.full", { d: "M0-5.5a5.5 5.5 0 0 0 0 11z" }),
	];
}
