// Speaks to the service. Whatever goes wrong on the way leaves here as one ApiError.

const PATIENCE_MS = 30_000;

class ApiError extends Error {
	constructor(code, status = 0, message = "", hint = "") {
		super(message);
		Object.assign(this, { code, status, hint });
	}
}

/** What an error lets the reader know: { code, status, message, hint }. Our own mistakes count as unreadable. */
export function shown({ code, status, message, hint } = {}) {
	return typeof status === "number" ? { code, status, message, hint } : { code: "unreadable" };
}

/** The answer to { question, limit, history, language, version, filters }. */
export async function ask(question) {
	const body = JSON.stringify(question);
	const answer = await request("ask", { method: "POST", headers: { "Content-Type": "application/json" }, body });
	return checked(answer, typeof answer.answered === "boolean" && Array.isArray(answer.quotes));
}

/** The first page of the articles: { documents, next }, where next is null when there are no more. */
export async function documents(query = "") {
	const found = await request(`documents${query}`);
	return checked(found, Array.isArray(found.documents));
}

/** All articles, page after page. */
export async function allDocuments() {
	const all = [];
	for (let next = ""; next !== null; ) {
		const page = await documents(`?limit=1000${next && `&after=${encodeURIComponent(next)}`}`);
		all.push(...page.documents);
		next = page.next ?? null;
	}
	return { documents: all };
}

/** One article: { document, text, passages }. */
export async function documentById(id) {
	const found = await request(`documents/${encodeURIComponent(id)}`);
	return checked(found, typeof found.text === "string" && found.document && Array.isArray(found.passages));
}

function checked(value, holds) {
	if (!holds) throw new ApiError("unreadable");
	return value;
}

async function request(path, options) {
	let response;
	let text;
	try {
		response = await fetch(path, { ...options, credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) });
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
	const { code, message, hint } = json?.error ?? {};
	throw new ApiError(code, response.status, message, hint);
}
