// Addresses, and what they restrict a question to: after # which article is open, at which quote; after ? which
// question is asked again. Filters have the contract's shape: { stance: [], document: [], publisher: [], voice, after, before }.

import { t } from "./i18n.js";

const PREFIX = "#/document/";
const LISTS = ["stance", "document", "publisher"];
const KINDS = [...LISTS, "voice", "after", "before"];

/** The address of the list of all articles. */
export const SHELF = "#/documents";

/** Filters one by one: [{ kind, value }]. */
export const flat = (filters) =>
	Object.entries(filters ?? {}).flatMap(([kind, values]) => [values ?? []].flat().map((value) => ({ kind, value })));

/** The filters with one more value, or without it where it was there. */
export function toggled(filters, kind, value) {
	const held = [filters[kind] ?? []].flat();
	const isList = LISTS.includes(kind);
	const more = held.includes(value) ? held.filter((other) => other !== value) : [...(isList ? held : []), value];
	return { ...filters, [kind]: isList ? more : more[0] };
}

/** A filter in words; `titles` are those of the documents known, by id. */
export function filterWords({ kind, value }, titles) {
	if (kind === "stance") return t.of("stance", value);
	if (kind === "document") return titles.get(value) || value;
	return t.has(`filter_${kind}`) ? t(`filter_${kind}`, { date: t.date(value) }) : value;
}

/** The address that asks again what a turn asked, after the same questions, of the version of the index that answered. */
export function answerRoute({ question, history = [], filters, answer }) {
	const before = answer.rewritten ? history.map((earlier) => ["history", earlier]) : [];
	const values = [["q", question], ...before, ["version", answer.index?.version], ...flat(filters).map(Object.values)];
	return `?${new URLSearchParams(values.filter(([, value]) => value))}`;
}

/** The service's own file of an answer, or of the one quote with this number. */
export const fileRoute = (turn, format, number) =>
	`ask${answerRoute(turn)}&limit=${turn.answer.quotes.length || 1}&format=${format.toLowerCase()}` + (number ? `&quote=${number}` : "");

/** What an address asks: { question, history, version, filters }, or null. */
export function parseAsked(search) {
	const values = new URLSearchParams(search);
	const question = values.get("q");
	const chosen = KINDS.filter((kind) => values.has(kind)).map((kind) => [kind, LISTS.includes(kind) ? values.getAll(kind) : values.get(kind)]);
	const version = values.get("version") ?? undefined;
	return question && { question, history: values.getAll("history"), version, filters: Object.fromEntries(chosen) };
}

/** The address of an article, at a span of it when one is given: with its words, as the article may be revised. */
export const documentRoute = (id, { start, end, text } = {}) =>
	PREFIX + encodeURIComponent(id) + (text ? `?${new URLSearchParams({ start, end, text })}` : "");

/** { id, span } of an address, or null; a span without words is none of any article. */
export function parseRoute(hash) {
	if (hash === SHELF) return { id: SHELF };
	if (!hash.startsWith(PREFIX)) return null;
	const [path, query] = hash.slice(PREFIX.length).split("?");
	const { start, end, text = "" } = Object.fromEntries(new URLSearchParams(query));
	try {
		const id = decodeURIComponent(path);
		return id ? { id, span: { start: +start, end: +end, text } } : null;
	} catch {
		return null; // a stray % typed by hand
	}
}
