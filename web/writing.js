// Adding and removing articles: what became of each file, and how far the index is that takes them in.

import { currentJob, remove, restore, send, shown } from "./api.js";
import { button, h, isolated, joined, list, t } from "./dom.js";
import { errorWords } from "./render.js";

const PAUSE_MS = 500;
const PATIENT = 5; // polls that may fail in a row before the job is given up
const [FILES, BYTES] = [50, 6e7]; // what the service takes in one request, with room for the form

const isOver = (job) => !job || ["done", "failed"].includes(job.state);

/** The writing of this page. `changed` is called with what there is to say of it, if anything, `published` when the list is. */
export function createWriting({ changed, published }) {
	let fates = []; // { name, error, notes } of a file, or { name, removed: id } of an article
	let job = null;
	let following = false;

	async function follow() {
		if (following) return;
		following = true;
		for (let failed = 0; !isOver(job); ) {
			const { state } = job;
			await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** failed));
			const known = job;
			try {
				const told = (await currentJob()).job;
				if (job === known) job = told; // else a later one was begun meanwhile, of which this reply knows nothing
				failed = 0;
			} catch (cause) {
				if (++failed === PATIENT) job = { state: "failed", error: shown(cause) };
			}
			// A state is news once, however often it is asked for.
			changed(job && job.state !== state && progressWords(job));
		}
		following = false;
		published();
	}

	// Does one thing, notes what came of it, and follows the job it started.
	async function attempt(name, act, fatesOf) {
		let fresh;
		try {
			const done = await act;
			job = done.job;
			fresh = [...fatesOf(done)];
		} catch (cause) {
			fresh = cause.files ?? [{ name, error: shown(cause) }];
		}
		fates = [...fresh, ...fates];
		changed(h("p", joined(fresh.map(renderFate))).textContent);
		if (job) follow();
	}

	return {
		async add(files) {
			for (const some of shares([...files])) await attempt(some.map(({ name }) => name).join(", "), send(some), ({ files }) => files);
		},
		remove: (id, name) => attempt(name, remove(id), () => [{ name, removed: id }]),
		restore: (id, name) =>
			attempt(name, restore(id), () => {
				fates = fates.filter(({ removed }) => removed !== id);
				return [];
			}),
		render: () => h("div.writing-state", job && progress(job), list("ul.fates", fates.map(renderFate))),
	};
}

// Files in as many requests as they need.
function shares(files) {
	const all = [];
	let room = -1;
	for (const file of files) {
		room -= file.size;
		if (room < 0 || all.at(-1).length === FILES) {
			all.push([]);
			room = BYTES - file.size;
		}
		all.at(-1).push(file);
	}
	return all;
}

function progressWords({ state, documents_read: n, passages_encoded: done, passages_total: total, seconds_left: left, error }) {
	if (state === "failed") return errorWords(error ?? { status: 500 });
	if (state === "done") return t("job_done");
	const known = state === "encoding" && !total ? "reading" : state;
	return t("job", { state: t(`job_${known}`, { n, done, total }) + (left > 0 ? t("job_left", { left: Math.ceil(left) }) : "") });
}

function progress(job) {
	const { passages_encoded: value, passages_total: max } = job;
	const said = progressWords(job);
	return h("p.progress", said, !isOver(job) && h("progress", { "aria-label": said, ...(max > 0 && { value, max }) }));
}

function renderFate({ name, error, notes = [], removed }) {
	if (removed) return [t("removed"), " ", isolated(name), " ", button("restore", t("undo"), { data: { id: removed, name } })];
	if (!error) return [t("taken"), " ", isolated(name), notes.map((note) => [" · ", isolated(note, "en")])];
	const reason = errorWords(error);
	const told = error.status === undefined; // by the service, of this very file
	const ours = told && t.has(`file_${error.code}`) && t(`file_${error.code}`);
	// Most reasons begin with the name.
	return h("span.refused", t("refused"), " ", ours && `${ours} `, !reason.startsWith(name) && [isolated(name), " "], isolated(reason, told && "en"));
}
