// Adding and removing articles: what became of each file, and how far the index is that takes them in.

import { currentJob, remove, restore, send, shown } from "./api.js";
import { button, h, isolated } from "./dom.js";
import { errorWords } from "./render.js";

const PAUSE_MS = 500;
const PATIENT = 5; // polls that may fail in a row before the job is given up
const ENDED = ["done", "failed"];

/** The writing of this page. `changed` is called when a fate or the job is new, `published` when the list is. */
export function createWriting({ changed, published }) {
	let fates = []; // { name, error, notes } of a file, or { name, removed: id } of an article
	let job = null;
	let following = false;

	async function follow() {
		if (following) return;
		following = true;
		try {
			for (let failed = 0; job && !ENDED.includes(job.state); ) {
				await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** failed));
				try {
					job = (await currentJob()).job;
					failed = 0;
				} catch (cause) {
					if (++failed === PATIENT) throw cause;
				}
				changed();
			}
		} catch (cause) {
			job = { state: "failed", error: shown(cause) };
		}
		following = false;
		changed();
		published();
	}

	// Does one thing, notes what came of it, and follows the job it started.
	async function attempt(name, act, fate) {
		try {
			const done = await act();
			job = done.job;
			fates = [...fate(done), ...fates];
		} catch (cause) {
			fates = [...(cause.files ?? [{ name, error: shown(cause) }]), ...fates];
		}
		changed();
		if (job) follow();
	}

	return {
		add: (files) => files.length > 0 && attempt([...files].map(({ name }) => name).join(", "), () => send(files), (done) => done.files),
		remove: (id, name) => attempt(name, () => remove(id), () => [{ name, removed: id }]),
		restore: (id, name) =>
			attempt(name, () => restore(id), () => {
				fates = fates.filter(({ removed }) => removed !== id);
				return [];
			}),
		render: (t) => h("div.writing-state", h("p.progress", progress(job, t)), h("ul.fates", fates.map((fate) => renderFate(fate, t)))),
		words: (t) => job && progressWords(job, t),
	};
}

/** What a reader may do here: add files, or how writing is switched on. */
export const renderAdding = (writing, t) =>
	writing === "key"
		? h("label.drop", t("add_files"), h("input.files.unseen", { type: "file", multiple: true, "aria-label": t("add_files") }))
		: h("p.muted", t("writing_off"));

function progressWords({ state, documents_read: read, passages_encoded: n, passages_total: total, seconds_left: left, error }, t) {
	if (state === "failed") return errorWords(error ?? { status: 500 }, t);
	if (state !== "encoding" || !total) return t(`job_${state}`, { read: t("articles", { n: read ?? 0 }) });
	return t("job_encoding", { n, total }) + (left > 0 ? t("job_left", { left: Math.ceil(left) }) : "");
}

function progress(job, t) {
	if (!job) return null;
	const { state, passages_encoded: value, passages_total: max } = job;
	const said = progressWords(job, t);
	return [said, !ENDED.includes(state) && h("progress", { "aria-label": said, ...(max > 0 && { value, max }) })];
}

function renderFate({ name, error, notes = [], removed }, t) {
	if (removed) return h("li", t("removed"), " ", isolated(name), " ", button("restore", t("undo"), { "data-id": removed, "data-name": name }));
	const reason = error && errorWords(error, t);
	const named = reason?.startsWith(name) ? [] : [isolated(name), " "]; // most reasons begin with the name
	return h("li", { class: error ? "refused" : null }, t(error ? "refused" : "taken"), " ", error ? [named, isolated(reason)] : [isolated(name), notes.map((note) => [" · ", isolated(note)])]);
}
