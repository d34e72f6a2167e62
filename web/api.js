// Speaks to the service. Every failure leaves here as one ApiError, whatever went wrong on the way.

const PATIENCE_MS = 30_000;

export class ApiError extends Error {
  constructor(code, { status = 0, message = "", hint = "" } = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.hint = hint;
  }

  /** What may be kept and shown later. */
  toJSON() {
    return { code: this.code, status: this.status, message: this.message, hint: this.hint };
  }
}

/** The answer to a question; `history` holds the earlier questions, oldest first. */
export async function ask({ question, limit, history }) {
  const body = JSON.stringify({ question, limit, history, language: null });
  const answer = await request("ask", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  if (typeof answer?.answered !== "boolean" || !Array.isArray(answer.quotes)) throw new ApiError("unreadable");
  return answer;
}

/** The articles, all pages of them, up to `most`: [...], and whether there are more. */
export async function documents(most = 200) {
  const found = [];
  let next = "documents";
  while (next && found.length < most) {
    const page = await request(next);
    if (!Array.isArray(page?.documents)) throw new ApiError("unreadable");
    found.push(...page.documents);
    next = followed(page.next);
  }
  return { documents: found, more: next !== null };
}

/** One article with its text and passages. */
export async function documentById(id) {
  const found = await request(`documents/${encodeURIComponent(id)}`);
  if (typeof found?.text !== "string" || !found.document) throw new ApiError("unreadable");
  return { passages: [], ...found };
}

// The next page may be given as an address or as a mark to send back; only our own addresses are followed.
function followed(next) {
  if (typeof next !== "string" || !next) return null;
  if (/^\/?documents\?/.test(next)) return next.replace(/^\//, "");
  return `documents?after=${encodeURIComponent(next)}`;
}

async function request(path, options = {}) {
  let response;
  let text;
  try {
    response = await fetch(path, { ...options, credentials: "omit", signal: AbortSignal.timeout(PATIENCE_MS) });
    text = await response.text();
  } catch (cause) {
    throw new ApiError(cause?.name === "TimeoutError" ? "slow" : "unreachable");
  }
  const json = parsed(text);
  if (response.ok && json !== undefined) return json;
  const { code, message, hint } = json?.error ?? {};
  const status = response.status;
  // A code or a message of another kind is no answer of ours (a proxy's page, say): the status has to do.
  throw new ApiError(typeof code === "string" ? code : response.ok ? "unreadable" : "failed", {
    status,
    message: typeof message === "string" ? message : "",
    hint: typeof hint === "string" ? hint : "",
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
