// The figures side by side: as a picture, and as a table in which the same figure of several sources stands once.

import { badge } from "./badge.js";
import { h, isolated, toQuote } from "./dom.js";
import { renderPlot } from "./plot.js";

/** `rows` and their `spread`; what counts another thing than was asked stands apart, at the end. */
export function renderFigures(rows, spread, id, t) {
	const bodies = Map.groupBy(rows, ({ apart, figure }) => (apart ? "apart" : (figure.kind ?? "other")));
	const heads = ["figure", "according", "stance"].map((key) => h("th", { scope: "col" }, t(key)));
	return h(
		"section.side-by-side",
		spread && [h("p.spread", spreadWords(spread, t)), renderPlot(rows.filter(({ apart }) => !apart), id, t)],
		h("table.figures", h("caption", t("figures")), h("thead", h("tr", heads)), [...bodies].map(([kind, entries]) => body(kind, entries, id, t))),
	);
}

function spreadWords({ low, high, kind, groups }, t) {
	const known = Object.entries({ low, high }).filter(([, end]) => Number.isFinite(end)).map(([name]) => name);
	return known.length > 0 && [h("strong", t(`spread_${known.join("_")}`, { low, high })), ` · ${t.of("kind", kind)} · `, t("different", { n: groups })];
}

function body(kind, entries, id, t) {
	const groups = Map.groupBy(entries, (row) => row.group ?? row);
	return h(
		"tbody",
		h("tr", h("th.kind", { scope: "rowgroup", colspan: 3 }, t.of("kind", kind))),
		[...groups.values()].map((same) => same.map((row, index) => tableRow(row, index ? 0 : same.length, id, t))),
	);
}

// `spans`: how many rows share the figure's cell, 0 in those after the first.
function tableRow({ figure, quote, holder, stance, published, origins, apart }, spans, id, t) {
	return h(
		"tr",
		{ class: spans ? "first" : null },
		spans > 0 &&
			h(
				"td",
				{ rowspan: spans },
				h("bdi.amount", figure.text),
				figure.unit && [" ", isolated(figure.unit.text)],
				apart && h("span.when", t.of("kind", figure.kind)),
				origins > 1 && h("span.when", t("origins", { n: origins })),
			),
		h("td", holder ? isolated(holder) : t("the_article"), " ", toQuote(id, quote, t), published && h("span.when", t.date(published))),
		h("td", badge(stance, t, "stance")),
	);
}
