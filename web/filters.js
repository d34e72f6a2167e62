// What a question is restricted to, in the contract's shape: { stance: [], document: [], publisher: [], voice, after, before }.

const LISTS = ["stance", "document", "publisher"];
const KINDS = [...LISTS, "voice", "after", "before"];

/** One by one: [{ kind, value }]. */
export const flat = (filters) =>
	Object.entries(filters ?? {}).flatMap(([kind, values]) => [values ?? []].flat().map((value) => ({ kind, value })));

/** The filters with one more value, or without it where it was there. */
export function toggled(filters, kind, value) {
	const held = [filters[kind] ?? []].flat();
	const rest = held.filter((other) => other !== value);
	const more = rest.length < held.length ? rest : [...rest, value];
	const { [kind]: _, ...others } = filters;
	return more.length ? { ...others, [kind]: LISTS.includes(kind) ? more : value } : others;
}

/** A filter in words; `titles` are those of the documents known, by id. */
export function filterWords({ kind, value }, titles, t) {
	if (kind === "stance") return t.of("stance", value);
	if (kind === "document") return titles.get(value) ?? value;
	return t.has(`filter_${kind}`) ? t(`filter_${kind}`, { date: t.date(value) }) : value;
}

/** The filters of an address; undefined where it restricts nothing. */
export function fromQuery(values) {
	const filters = {};
	for (const kind of KINDS) if (values.has(kind)) filters[kind] = LISTS.includes(kind) ? values.getAll(kind) : values.get(kind);
	return Object.keys(filters).length ? filters : undefined;
}
