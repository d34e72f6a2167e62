// Addresses: after # which article is open, at which quote; after ? which question is asked again.

import { flat, fromQuery } from "./filters.js";

const PREFIX = "#/document/";

/** The address of the list of all articles. */
export const SHELF = "#/documents";

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
	return question && { question, history: values.getAll("history"), version: values.get("version") || undefined, filters: fromQuery(values) };
}

/** The address of an article, at a quote when one is given. */
export function documentRoute(id, start, end) {
	const at = Number.isInteger(start) && Number.isInteger(end) ? `?start=${start}&end=${end}` : "";
	return PREFIX + encodeURIComponent(id) + at;
}

/** { id, start, end } of an address, or null; start and end are null when absent or nonsense. */
export function parseRoute(hash) {
	if (hash === SHELF) return { id: SHELF, start: null, end: null };
	if (!hash.startsWith(PREFIX)) return null;
	const [path, query = ""] = hash.slice(PREFIX.length).split("?", 2);
	const id = decoded(path);
	if (!id) return null;
	const values = new URLSearchParams(query);
	const [start, end] = ["start", "end"].map((name) => {
		const value = values.get(name) ?? "";
		return /^\d{1,12}$/.test(value) ? Number(value) : null;
	});
	return start !== null && end !== null && start < end ? { id, start, end } : { id, start: null, end: null };
}

function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return null; // a stray % typed by hand
	}
}
