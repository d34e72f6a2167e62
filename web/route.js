// The address after #: which article is open, at which quote.

const PREFIX = "#/document/";

/** The address of an article, at a quote when one is given. */
export function documentRoute(id, start, end) {
  const at = Number.isInteger(start) && Number.isInteger(end) ? `?start=${start}&end=${end}` : "";
  return PREFIX + encodeURIComponent(id) + at;
}

/** { id, start, end } of an address, or null; start and end are null when absent or nonsense. */
export function parseRoute(hash) {
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
