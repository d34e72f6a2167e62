// The figures side by side: as a picture, and as tables in which the same figure of several sources stands once.

import { badge } from "./badge.js";
import { h, isolated, toQuote } from "./dom.js";
import { renderPlot } from "./plot.js";

/** `rows` and their `spread`. What the picture shows already, and what counts another thing than was asked, is folded away. */
export function renderFigures(rows, spread, id, t) {
	const asked = rows.filter(({ apart }) => !apart);
	const apart = rows.filter((row) => row.apart);
	const plot = spread && renderPlot(asked, id, t);
	return h(
		"section.side-by-side",
		spread && h("p.spread", spreadWords(spread, t)),
		plot,
		table("figures", asked, !plot, id, t),
		table("apart", apart, false, id, t),
	);
}

function spreadWords({ low, high, kind, groups }, t) {
	const known = Object.entries({ low, high }).filter(([, end]) => Number.isFinite(end)).map(([name]) => name);
	return known.length > 0 && [h("strong", t(`spread_${known.join("_")}`, { low, high })), ` · ${t.of("kind", kind)} · `, t("different", { n: groups })];
}

function table(name, rows, open, id, t) {
	const heads = ["figure", "according"].map((key) => h("th", { scope: "col" }, t(key)));
	const bodies = [...Map.groupBy(rows, ({ figure }) => figure.kind ?? "other")];
	const whole = h("table.figures", { "aria-label": t(name) }, h("thead", h("tr", heads)), bodies.map(([kind, entries]) => body(kind, entries, id, t)));
	return rows.length > 0 && h("details", { open }, h("summary", t(name)), whole);
}

function body(kind, entries, id, t) {
	const groups = Map.groupBy(entries, (row) => row.group ?? row);
	return h(
		"tbody",
		h("tr", h("th.kind", { scope: "rowgroup", colspan: 2 }, t.of("kind", kind))),
		[...groups.values()].map((same) => same.map((row, index) => tableRow(row, index ? 0 : same.length, id, t))),
	);
}

// `spans`: how many rows share the figure's cell, 0 in those after the first.
function tableRow({ figure, quote, holder, stance, published, origins }, spans, id, t) {
	return h(
		"tr",
		{ class: spans ? "first" : null },
		spans > 0 &&
			h(
				"td",
				{ rowspan: spans },
				h("bdi.amount", figure.text),
				figure.unit && [" ", isolated(figure.unit.text)],
				origins > 1 && h("span.when", t("origins", { n: origins })),
			),
		h("td", h("div.says", h("div", holder ? isolated(holder) : t("the_article"), " ", toQuote(id, quote, t), published && h("span.when", t.date(published))), badge(stance, t))),
	);
}
