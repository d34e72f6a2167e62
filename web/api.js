// Speaks to the service. Whatever goes wrong on the way leaves here as one ApiError.

import { askKey, key } from "./key.js";

const PATIENCE_MS = 30_000;
const SENDING_MS = 600_000; // files may be many, and each is read before the reply

class ApiError extends Error {
	constructor(code, status = 0, message = "", hint = "") {
		super(message);
		Object.assign(this, { code, status, hint });
	}
}

/** What an error lets the reader know: { code, status, message, hint, wait }. Our own mistakes count as unreadable. */
export const shown = (cause) => (cause instanceof ApiError ? cause : { code: "unreadable" });

/** The answer to { question, limit, history, language, version, filters }. */
export async function ask(question) {
	const body = JSON.stringify(question);
	const answer = await request("ask", { method: "POST", headers: { "Content-Type": "application/json" }, body });
	return checked(answer, typeof answer.answered === "boolean" && Array.isArray(answer.quotes));
}

/** The first page of the articles: { documents, next }, where next is null when there are no more. */
export async function documents(query = "") {
	const found = await request("documents" + query);
	return checked(found, Array.isArray(found.documents));
}

/** All articles, page after page. */
export async function allDocuments(after = "") {
	const page = await documents(`?limit=1000&after=${encodeURIComponent(after)}`);
	return { documents: page.next ? [...page.documents, ...(await allDocuments(page.next)).documents] : page.documents };
}

/** A file that the service writes. */
export const file = (path) => request(path, { file: true });

/** One article: { document, text, passages }. */
export async function documentById(id) {
	const found = await request(`documents/${encodeURIComponent(id)}`);
	return checked(found, typeof found.text === "string" && found.document && Array.isArray(found.passages));
}

/** Whether the service lets write ("off", "key") and read ("open", "key"). */
export const access = async () => (await request("ready")).access ?? {};

/** Sends files: { files: [{ name, documents, notes, error }], job }. */
export function send(files) {
	const body = new FormData();
	for (const file of files) body.append("files", file, file.name);
	return request("documents", { method: "POST", body, patience: SENDING_MS });
}

export const remove = (id) => request(`documents/${encodeURIComponent(id)}`, { method: "DELETE" });
export const restore = (id) => request(`documents/${encodeURIComponent(id)}/restore`, { method: "POST" });

/** The running rebuild, or the last one: { job }. */
export const currentJob = () => request("rebuild");

function checked(value, holds) {
	if (!holds) throw new ApiError("unreadable");
	return value;
}

async function request(path, { patience = PATIENCE_MS, file, headers, ...options } = {}) {
	const used = key();
	const authorized = used ? { ...headers, Authorization: `Bearer ${used}` } : headers;
	let response;
	let text;
	try {
		response = await fetch(path, { ...options, headers: authorized, credentials: "omit", signal: AbortSignal.timeout(patience) });
		if (file && response.ok) return await response.blob();
		text = await response.text();
	} catch {
		throw new ApiError("unreachable");
	}
	let json;
	try {
		json = JSON.parse(text);
	} catch {
		json = null; // a proxy's page, say
	}
	if (response.ok) return checked(json, json);
	// Another request may have been given the key meanwhile; else the reader is asked.
	if (response.status === 401 && (key() !== used || (await askKey(used)))) return request(path, { patience, file, headers, ...options });
	const { code, message, hint } = json?.error ?? {};
	const wait = Number(response.headers.get("Retry-After")) || undefined;
	throw Object.assign(new ApiError(code, response.status, message, hint), { wait, files: json?.files });
}
