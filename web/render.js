// From the JSON of the service to what the reader sees. Pure: nothing here asks, stores or listens.

import { shelf } from "./articles.js";
import { button, formats, h, isolated, joined, list, t, tallies } from "./dom.js";
import { examples } from "./examples.js";
import { renderQuote } from "./quote.js";
import { answerRoute, filterWords, flat, SHELF } from "./route.js";
import { renderContradictions, renderFigures, renderPositions } from "./sides.js";

const MOST = 50; // the contract's largest limit
const FIRST = 8; // articles on the first page
const LONG = 500; // characters from which a question scrolls in its own box

/** The first page: what Selon does, three questions to try, and the articles there are. */
export function renderWelcome({ documents, next }, coverage) {
	const questions = examples((documents ?? []).map(({ title }) => title).filter(Boolean));
	// Of many articles the first page knows only the first.
	const n = next ? (coverage?.documents ?? documents.length) : documents?.length;
	return h(
		"section.welcome",
		h("p.welcome-lead", t("welcome")),
		n === 0 && noArticles(),
		questions[0] && [h("h2", t("examples")), list("ul.examples", questions.map((question) => button("try", isolated(question))))],
		n > 0 && [h("h2", t("articles", { n })), shelf(documents.slice(0, FIRST)), n > FIRST && h("p", h("a", { href: SHELF }, t("all_articles")))],
	);
}

const noArticles = () => [h("p", t("reason_empty_index")), h("p.muted", t("add_articles"))];

/** One question with what came of it: its answer, its error, or neither yet. `titles` are those of documents, by id. */
export function renderTurn(turn, titles) {
	const { id, question, filters, answer, error } = turn;
	const chosen = flat(filters).map((one) => isolated(filterWords(one, titles)));
	const lang = answer?.language;
	return h(
		"article.turn",
		{ id, tabindex: -1, "aria-labelledby": `${id}-q`, "aria-busy": !answer && !error && "true" },
		h("h2.question", { id: `${id}-q`, lang, dir: "auto", tabindex: question.length > LONG && 0 }, question),
		chosen[0] && h("p.restricted.muted", t("restricted"), " ", joined(chosen), " ", (answer || error) && button("free", t("free"))),
		answer ? renderAnswer(turn) : error ? renderError(error) : skeleton(),
	);
}

/** While something is on its way. */
export const skeleton = () => h("div.skeleton", h("p.unseen", t("searching")));

/**
 * What went wrong, and what can be done about it: a wrong question stays wrong, however often it is asked. The service's
 * own words, which are English, are shown where ours do not say it all.
 */
export function renderError(error) {
	const { code, status, message, hint } = error;
	const action = code === "unknown_version" ? "ask_current" : ([undefined, 0, 401, 429].includes(status) || status >= 500) && "retry";
	const unsaid = code === "unknown_filter" || !t.has(`error_${code}`);
	return h(
		"div.notice.error",
		h("p.lead", errorWords(error)),
		unsaid && [message, hint].map((text) => text && h("p.muted", { lang: "en" }, isolated(text))),
		h("p.actions", action && button("retry", t(action)), error.retrying && h("span.muted", t("retrying", { n: error.retrying }))),
	);
}

/** Our sentence for an error, by its code, its status, or the kind of its status; what befell a file or a job says it itself. */
export function errorWords({ code, status, message, hint, wait }) {
	if (message && status === undefined) return `${message} ${hint}`;
	return t([`error_${code}`, `error_${status}`, status >= 500 ? "error_500" : "error_400"].find(t.has), { n: wait || 60 });
}

const reasonWords = (reason) => t([`reason_${reason}`, "reason_nothing_near"].find(t.has));

/** What the live region says once an answer is there. */
export const announcement = ({ answered, reason, quotes }) => (answered && quotes.length ? t("quoted", { n: quotes.length }) : reasonWords(reason));

function renderAnswer(turn) {
	const { answer, version, history } = turn;
	const { answered, quotes, rewritten, reason, suggestions = [], coverage, index, language } = answer;
	const next = list("ul.examples", suggestions.map(({ text }, number) => button("suggestion", isolated(text, language), { data: { number } })));
	return [
		rewritten &&
			h("p.rewritten.muted", { tabindex: rewritten.length > LONG && 0 }, t.parts("rewritten", { question: isolated(rewritten, language) }), " ", history?.[0] && button("alone", t("alone"))),
		version && index?.built && h("p.muted", t("as_of", { date: t.date(index.built.slice(0, 10)) })),
		answered && quotes.length
			? renderQuotes(turn)
			: h("div.notice.refusal", reason === "empty_index" ? noArticles() : [h("p.lead", reasonWords(reason)), h("p", t("absence"))]),
		next && h("section.next", h("h3", t("suggestions")), next),
		h(
			"div.actions.colophon",
			coverage && h("span.coverage", coverageWords(coverage)),
			h("a", { href: answerRoute(turn) }, t("permalink")),
			formats("download", ["Markdown", "BibTeX", "JSON"]),
		),
	];
}

const coverageWords = ({ documents, passages, undated }) =>
	t("coverage", {
		passages: t("passages", { n: passages }),
		articles: t("articles", { n: documents }),
		undated: undated > 0 ? t("undated", { n: undated }) : "",
	});

function renderQuotes({ id, answer }) {
	const { quotes, figures, spread, positions, contradictions, stances } = answer;
	const n = quotes.length;
	const total = Object.values(stances ?? {}).reduce((sum, count) => sum + count, 0);
	const more = total > n && n < MOST;
	return [
		h("div.summary", h("span", more ? t("quoted_of", { quoted: t("quoted", { n }), total }) : t("quoted", { n })), tallies(stances, true)),
		figures?.[0] && renderFigures(figures, spread, id),
		positions?.[0] && renderPositions(positions, id),
		contradictions?.[0] && renderContradictions(contradictions, quotes, id),
		h("ol.quotes", quotes.map((quote, index) => renderQuote(quote, `${id}-${index}`, index + 1))),
		more && h("p.actions", button("more", t("more"))),
	];
}
