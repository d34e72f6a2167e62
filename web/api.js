// Speaks to the service. Whatever goes wrong on the way leaves here as an error with a code and a status.

import { askKey, key } from "./key.js";

const PATIENCE_MS = 30_000;
const SENDING_MS = 600_000; // files may be many, and each is read before the reply

const failure = (code, status = 0, more) => Object.assign(new Error(), { code, status, ...more });

/** What an error lets the reader know: { code, status, message, hint, wait }. Our own mistakes count as unreadable. */
export const shown = (cause) => ("status" in cause ? cause : { code: "unreadable" });

/** The answer to a turn's { question, history, version, filters }, of at most `limit` quotes. */
export const ask = ({ question, history, version, filters }, limit) => {
	const body = JSON.stringify({ question, limit, history, version, filters });
	return json("ask", ({ quotes }) => Array.isArray(quotes), { method: "POST", headers: { "Content-Type": "application/json" }, body });
};

/** The first page of the articles: { documents, next }, where next is null when there are no more. */
export const documents = (query = "") => json("documents" + query, (found) => Array.isArray(found.documents));

/** All articles, page after page. */
export async function allDocuments(after = "") {
	const page = await documents(`?limit=1000&after=${encodeURIComponent(after)}`);
	return { documents: page.next ? [...page.documents, ...(await allDocuments(page.next)).documents] : page.documents };
}

const documentPath = (id) => `documents/${encodeURIComponent(id)}`;

/** One article: { document, text, passages }. */
export const documentById = (id) =>
	json(documentPath(id), ({ text, document, passages }) => typeof text === "string" && document && Array.isArray(passages));

/** What the service lets do: { access: { writing, reading } }, each "off", "open" or "key". */
export const ready = () => json("ready");

/** Sends files: { files: [{ name, documents, notes, error }], job }. */
export function send(files) {
	const body = new FormData();
	for (const file of files) body.append("files", file);
	return json("documents", Boolean, { method: "POST", body, patience: SENDING_MS });
}

export const remove = (id) => json(documentPath(id), Boolean, { method: "DELETE" });
export const restore = (id) => json(`${documentPath(id)}/restore`, Boolean, { method: "POST" });

/** The running rebuild, or the last one: { job }. */
export const currentJob = () => json("rebuild");

async function json(path, isRight = Boolean, options) {
	const value = parsed(await file(path, options));
	if (!value || !isRight(value)) throw failure("unreadable");
	return value;
}

function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null; // a proxy's page, say
	}
}

/** What the service writes under an address, as text. */
export async function file(path, options = {}) {
	const { patience = PATIENCE_MS, ...request } = options;
	const used = key();
	if (used) request.headers = { ...request.headers, Authorization: `Bearer ${used}` };
	let response;
	let text;
	try {
		response = await fetch(path, { ...request, credentials: "omit", signal: AbortSignal.timeout(patience) });
		text = await response.text();
	} catch {
		throw failure("unreachable");
	}
	const { ok, status, headers } = response;
	if (ok) return text;
	// Another request may have been given the key meanwhile; else the reader is asked.
	if (status === 401 && (key() !== used || (await askKey(used)))) return file(path, options);
	const { error, files } = parsed(text) ?? {};
	throw failure(error?.code, status, { ...error, files, wait: Number(headers.get("Retry-After")) });
}
