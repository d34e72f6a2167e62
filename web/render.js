// From the JSON of the service to what the reader sees. Pure: nothing here asks, stores or listens.

import { STANCES, tallies } from "./badge.js";
import { shelf } from "./documents.js";
import { button, formats, h, isolated, joined } from "./dom.js";
import { renderFigures } from "./figures.js";
import { filterWords, flat } from "./filters.js";
import { renderContradictions, renderPositions } from "./positions.js";
import { renderQuote } from "./quote.js";
import { answerRoute, SHELF } from "./route.js";

const MOST = 50; // the contract's largest limit
const FIRST = 8; // articles on the first page

/** The first page: what Selon does, three questions to try, and the articles there are. */
export function renderWelcome({ documents, next }, questions, t) {
	const n = documents?.length;
	return h(
		"section.welcome",
		h("p.welcome-lead", t("welcome")),
		n === 0 && noArticles(t),
		questions.length > 0 && [
			h("h2", t("examples")),
			h("ul.examples", questions.map((question) => h("li", button("try", isolated(question))))),
		],
		n > 0 && [h("h2", t("articles", { n }), next && "…"), shelf(documents.slice(0, FIRST), t)],
		(n > FIRST || next) && h("p", h("a", { href: SHELF }, t("documents"))),
	);
}

const noArticles = (t) => [h("p", t("reason_empty_index")), h("p.muted", t("add_articles"))];

/** One question with what came of it: its answer, its error, or neither yet. `titles` are those of documents, by id. */
export function renderTurn(turn, titles, t) {
	const { id, question, filters, answer, error } = turn;
	const chosen = flat(filters).map((one) => isolated(filterWords(one, titles, t)));
	return h(
		"article.turn",
		{ id, "aria-labelledby": `${id}-q`, "aria-busy": !answer && !error && "true" },
		h("h2.question", { id: `${id}-q`, dir: "auto", tabindex: question.length > 500 ? 0 : null }, question),
		chosen.length > 0 && h("p.restricted.muted", t("restricted"), " ", joined(chosen)),
		answer ? renderAnswer(turn, t) : error ? renderError(error, t) : skeleton(t),
	);
}

/** While something is on its way. */
export const skeleton = (t) => h("div.skeleton", h("p.unseen", t("searching")), [1, 2, 3].map(() => h("div.skeleton-line")));

/** What went wrong, and what can be done about it: a wrong question stays wrong, however often it is asked. */
export function renderError(error, t) {
	const { code, status, message, hint } = error;
	const action = code === "unknown_version" ? "ask_current" : ([undefined, 0, 401, 429].includes(status) || status >= 500) && "retry";
	return h(
		"div.notice.error",
		h("p.lead", errorWords(error, t)),
		[message, hint].map((text) => text && h("p.muted", { lang: "en" }, isolated(text))),
		h("p.actions", action && button("retry", t(action)), h("span.waiting.muted")),
	);
}

/** Our sentence for an error, by its code, its status, or the kind of its status; what befell a file or a job says it itself. */
export function errorWords({ code, status, message, hint, wait }, t) {
	if (message && status === undefined) return `${message} ${hint}`;
	if (status === 429 && wait) return t("error_wait", { n: wait });
	return t([`error_${code}`, `error_${status}`, status >= 500 ? "error_500" : "error_400"].find(t.has));
}

const reasonWords = (reason, t) => t([`reason_${reason}`, "reason_nothing_near"].find(t.has));

const isRefused = ({ answered, quotes }) => !answered || !quotes.length;

/** What the live region says once an answer is there. */
export function announcement(answer, t) {
	if (isRefused(answer)) return reasonWords(answer.reason, t);
	const articles = new Set(answer.quotes.map(({ document }) => document.id)).size;
	return t("announced", { quoted: t("quoted", { n: answer.quotes.length }), articles: t("articles", { n: articles }) });
}

function renderAnswer(turn, t) {
	const { answer, version } = turn;
	const { rewritten, reason, suggestions, coverage, index } = answer;
	return [
		typeof rewritten === "string" &&
			h("p.rewritten.muted", t.parts("rewritten", { question: isolated(rewritten) }), " ", button("alone", t("alone"))),
		version && index?.built && h("p.muted", t("as_of", { date: t.date(index.built.slice(0, 10)) })),
		isRefused(answer)
			? h(
					"div.notice.refusal",
					reason === "empty_index" ? noArticles(t) : [h("p.lead", reasonWords(reason, t)), h("p", t("absence"))],
				)
			: renderQuotes(turn, t),
		suggestions?.length > 0 && [
			h("h3", t("suggestions")),
			h("ul.examples", suggestions.map(({ text }, number) => h("li", button("suggestion", isolated(text), { "data-number": number })))),
		],
		h(
			"div.actions.colophon",
			coverage && h("span.coverage", coverageWords(coverage, t)),
			h("a", { href: answerRoute(turn) }, t("permalink")),
			formats("download", ["Markdown", "BibTeX", "JSON"], t),
		),
	];
}

const coverageWords = ({ documents = 0, passages = 0, undated }, t) =>
	t("coverage", {
		passages: t("passages", { n: passages }),
		articles: t("articles", { n: documents }),
		undated: undated > 0 ? t("undated", { n: undated }) : "",
	});

function renderQuotes({ id, answer }, t) {
	const { quotes, figures, spread, positions, contradictions, stances } = answer;
	const n = quotes.length;
	const total = STANCES.reduce((sum, stance) => sum + (stances?.[stance] ?? 0), 0);
	const more = total > n && n < MOST;
	return [
		h("div.summary", h("span", more ? t("quoted_of", { n, total }) : t("quoted", { n })), h("ul.tallies", tallies(stances, t, true))),
		figures?.length > 0 && renderFigures(figures, spread, id, t),
		positions?.length > 0 && renderPositions(positions, id, t),
		contradictions?.length > 0 && renderContradictions(contradictions, quotes, id, t),
		h("ol.quotes", quotes.map((quote, index) => renderQuote(quote, `${id}-${index}`, index + 1, t))),
		more && h("p.actions", button("more", t("more"))),
	];
}
