// The page: wires the reader's keys and clicks to the service, the conversation and the panel.

import { access, allDocuments, ask, documentById, documents, file, shown } from "./api.js";
import { panelBar, renderArticle } from "./article.js";
import { renderDrawer, searchShelf, shelf } from "./documents.js";
import { button, h, isolated } from "./dom.js";
import { examples } from "./examples.js";
import { filterWords, flat, toggled } from "./filters.js";
import { pickLanguage, words } from "./i18n.js";
import { asText } from "./quote.js";
import { announcement, errorWords, renderError, renderTurn, renderWelcome, skeleton } from "./render.js";
import { fileRoute, parseAsked, parseRoute, SHELF } from "./route.js";
import { createStore } from "./store.js";
import { watchTooltips } from "./tooltip.js";
import { createWriting } from "./writing.js";

const LIMIT = 5;
const MORE = 10;
const REMEMBERED = 10; // earlier questions sent along, for "and according to Kyiv?"
const RETRIES_S = [2, 4, 8, 16, 30];
const ENDINGS = { Markdown: "md", BibTeX: "bib", JSON: "json" };
const THEMES = ["system", "light", "dark"];

const element = (id) => document.getElementById(id);
const [page, conversation, form, box, panel] = ["page", "conversation", "ask", "question", "article"].map(element);
const wide = matchMedia("(min-width: 1000px)");
const store = createStore(() => localStorage);
const tooltip = watchTooltips(element("tooltip"));

let t = words(pickLanguage(store.choice("language"), navigator.languages));
let theme = THEMES.includes(store.choice("theme")) ? store.choice("theme") : "system";
let turns = store.turns();
let filters = {}; // what the next question is restricted to
let library = {}; // the articles, once they are known
let opened = null; // what the panel shows: { id, start, end, found, error }
let mayWrite; // "off" or "key", once it is known
let returnTo = null; // what had the focus before

// --- the conversation ---

/** A turn is { id, question, history, filters, version }, later with its answer or error. */
function submit(text, chosen = {}) {
	const question = text.trim();
	if (!question) return;
	const history = turns.slice(-REMEMBERED).map((earlier) => earlier.question);
	const turn = { id: `t${Date.now()}${Math.random()}`.replace(".", "-"), question, history, ...chosen };
	if (!turns.length) conversation.replaceChildren();
	turns.push(turn);
	conversation.append(drawn(turn));
	element("clear").hidden = false;
	element(turn.id).scrollIntoView();
	setBox("");
	seek(turn);
}

const submitBox = () => submit(box.value, flat(filters).length ? { filters } : {});

async function seek(turn, limit = LIMIT) {
	const { question, history, version, filters } = turn;
	try {
		const answer = await ask({ question, limit, history, language: null, version, filters });
		if (!turns.includes(turn)) return; // cleared meanwhile
		Object.assign(turn, { answer, error: null });
		store.keep(turn);
		redraw(turn);
		announce(announcement(answer, t));
	} catch (cause) {
		const error = shown(cause);
		Object.assign(turn, { answer: null, error });
		redraw(turn);
		announce(errorWords(error, t));
		if (error.code === "unreachable") retryLater(turn);
		else if (!box.value) setBox(question); // so that it can be mended
	}
}

function again(turn, changes) {
	Object.assign(turn, { answer: null, error: null, ...changes });
	redraw(turn);
	seek(turn);
}

// A service that is away may come back by itself: tries again, more and more rarely, and says when.
function retryLater(turn) {
	turn.tries = (turn.tries ?? 0) + 1;
	let left = RETRIES_S[turn.tries - 1];
	const tick = () => {
		if (!turns.includes(turn) || !turn.error) return;
		if (left === 0) return again(turn);
		element(turn.id)?.querySelector(".waiting").replaceChildren(t("retrying", { n: left-- }));
		setTimeout(tick, 1000);
	};
	if (left) tick();
}

const redraw = (turn) => element(turn.id)?.replaceWith(drawn(turn));

// An answer that this page cannot show must not take the others with it.
function drawn(turn) {
	try {
		return renderTurn(turn, titles(), t);
	} catch {
		return renderTurn({ ...turn, answer: null, error: { code: "unreadable" } }, titles(), t);
	}
}

function titles() {
	const known = [...(library.documents ?? []), ...turns.flatMap(({ answer }) => answer?.quotes.map((quote) => quote?.document) ?? [])];
	return new Map(known.filter((one) => one?.title).map(({ id, title }) => [id, title]));
}

function drawConversation() {
	const known = (library.documents ?? []).map(({ title }) => title).filter(Boolean);
	const welcome = renderWelcome(library, examples(known, t), t);
	conversation.replaceChildren(...(turns.length ? turns.map(drawn) : [welcome]));
	element("clear").hidden = !turns.length;
}

// --- the panel: an article, or the list of all ---

async function followRoute() {
	const route = parseRoute(location.hash);
	if (!route) return hidePanel();
	if (!opened) returnTo = document.activeElement;
	const mine = (opened = { ...route, found: opened?.id === route.id && opened.found });
	drawPanel();
	if (mine.found) return;
	try {
		mine.found = await (route.id === SHELF ? allDocuments() : documentById(route.id));
	} catch (cause) {
		mine.error = shown(cause);
	}
	if (opened === mine) drawPanel();
}

function drawPanel() {
	const { id, found, error, start } = opened;
	tooltip.hide();
	const content = () => (id === SHELF ? renderDrawer(found, mayWrite, writing.render(t), t) : renderArticle(found, start === null ? null : opened, t));
	panel.replaceChildren(panelBar(t), ...(found ? content() : [error ? renderError(error, t) : skeleton(t)]));
	panel.hidden = false;
	panel.ariaLabel = t("documents");
	layPanel();
	const hit = panel.querySelector(".hit");
	(hit ?? panel.querySelector(".search") ?? panel).focus({ preventScroll: true });
	hit?.scrollIntoView({ block: "center", behavior: "instant" });
	if (error) announce(errorWords(error, t));
}

const writing = createWriting({
	changed() {
		panel.querySelector(".writing-state")?.replaceWith(writing.render(t));
		keepFocus();
		const said = writing.words(t);
		if (said && opened?.id === SHELF) announce(said);
	},
	// A new list changes the drawer and the first page, and not where the reader is.
	async published() {
		try {
			library = await allDocuments();
		} catch {
			return; // the next opening of the drawer says why
		}
		if (!turns.length) drawConversation();
		if (opened?.id !== SHELF) return;
		opened.found = library;
		panel.querySelector(".shelf").replaceWith(shelf(library.documents, t, mayWrite === "key"));
		searchShelf(panel, t);
		keepFocus();
	},
});

// The button that had the focus may be gone with what it was for: the undoing of that is nearest.
function keepFocus() {
	if (document.activeElement === document.body) (panel.querySelector(".fates button") ?? panel).focus({ preventScroll: true });
}

// On a phone the panel covers the conversation, which then must not be reached behind it.
function layPanel() {
	document.body.classList.toggle("reading", opened !== null);
	page.inert = opened !== null && !wide.matches;
}

function hidePanel() {
	if (!opened) return;
	opened = null;
	panel.hidden = true;
	panel.replaceChildren();
	layPanel();
	returnTo?.focus({ preventScroll: true });
}

function closePanel() {
	history.replaceState(null, "", location.pathname);
	hidePanel();
}

// --- the box, the filters and the words ---

function setBox(text) {
	box.value = text;
	box.style.height = "";
	if (text) box.style.height = `${box.scrollHeight + 2}px`; // 2: its borders
}

const announce = (text) => element("announce").replaceChildren(text);

function drawFilters() {
	const chips = flat(filters).map((one) => {
		const said = filterWords(one, titles(), t);
		return button("unfilter", [isolated(said), " ×"], { "data-kind": one.kind, "data-value": one.value, "aria-label": t("unfilter", { said }) });
	});
	element("filters").replaceChildren(...(chips.length ? [t("restricted"), " ", ...chips] : []));
}

function filter({ dataset: { kind, value } }) {
	filters = toggled(filters, kind, value);
	drawFilters();
	announce(element("filters").textContent || t("unrestricted"));
	box.focus();
}

function drawWords() {
	document.documentElement.lang = t.language;
	for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
	box.placeholder = t("question");
	drawTheme();
	element("language").lang = otherLanguage();
	drawFilters();
	drawConversation();
	if (opened) drawPanel();
}

function drawTheme() {
	document.documentElement.dataset.theme = theme;
	element("theme").ariaLabel = element("theme").title = t("theme", { name: t(`theme_${theme}`) });
}

const otherLanguage = () => (t.language === "fr" ? "en" : "fr");
const turnOf = (node) => turns.find(({ id }) => id === node.closest(".turn")?.id);

// Says on the button of a format what came of it.
async function tell(button, act) {
	const name = t.of("format", button.dataset.format);
	const words = await act(turnOf(button), button.dataset.format).then(() => t("done"), (cause) => (cause.status >= 0 ? errorWords(cause, t) : t("failed")));
	button.textContent = words;
	announce(words);
	setTimeout(() => (button.textContent = name), 2000);
}

const ACTIONS = {
	try: (button) => submit(button.textContent),
	suggestion: (button) => {
		const { question, filters: chosen } = turnOf(button).answer.suggestions[button.dataset.number];
		submit(question, { filters: chosen, history: [] });
	},
	retry: (button) => {
		const turn = turnOf(button);
		if (!turn) return followRoute();
		setBox("");
		again(turn, turn.error.code === "unknown_version" && { version: undefined });
	},
	alone: (button) => again(turnOf(button), { history: [] }),
	more: async (button) => {
		const turn = turnOf(button);
		const first = turn.answer.quotes.length;
		button.disabled = true;
		await seek(turn, Math.min(first + MORE, 50));
		element(`${turn.id}-${first}`)?.focus();
	},
	context: (button) => {
		const open = button.ariaExpanded === "false";
		button.ariaExpanded = String(open);
		for (const around of button.closest(".quote").querySelectorAll(".around")) around.hidden = !open;
	},
	quote: (link) => element(link.getAttribute("href").slice(1))?.focus(),
	// The answer's question comes back to be asked again, restricted.
	filter: (button) => {
		const { question = "", answer } = turnOf(button) ?? {};
		if (!box.value) setBox(answer?.rewritten ?? question);
		if (opened && !wide.matches) closePanel();
		filter(button);
	},
	unfilter: filter,
	copy: (button) =>
		tell(button, async (turn, format) => {
			const index = Number(button.closest(".quote").id.split("-").at(-1));
			const written = format === "Text" ? asText(turn.answer.quotes[index], t) : file(fileRoute(turn, format, index + 1));
			// Begun at the click and filled in later: some browsers would not allow it afterwards.
			const text = Promise.resolve(written).then((part) => new Blob([part], { type: "text/plain" }));
			await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
		}),
	// Not a plain link, which could not carry the key.
	download: (button) =>
		tell(button, async (turn, format) => {
			const href = URL.createObjectURL(await file(fileRoute(turn, format)));
			h("a", { href, download: `selon.${ENDINGS[format]}` }).click();
			setTimeout(URL.revokeObjectURL, 60_000, href);
		}),
	remove: ({ dataset: { id, name } }) => writing.remove(id, name),
	restore: ({ dataset: { id, name } }) => writing.restore(id, name),
	close: closePanel,
	documents: () => (location.hash = SHELF),
	clear: () => {
		if (!confirm(t("clear_sure"))) return;
		turns = [];
		store.clear();
		drawConversation();
		box.focus();
	},
	theme: () => {
		theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
		store.choose("theme", theme);
		drawTheme();
		announce(element("theme").title);
	},
	language: () => {
		const language = otherLanguage();
		store.choose("language", language);
		t = words(language);
		drawWords();
		element("language").focus();
	},
};

document.addEventListener("click", (event) => {
	const actor = event.target.closest("[data-action]");
	if (!actor) return;
	event.preventDefault();
	ACTIONS[actor.dataset.action](actor);
});

document.addEventListener("keydown", ({ key }) => {
	if (key !== "Escape" || tooltip.hide()) return;
	if (document.activeElement === box && box.value) setBox("");
	else if (opened) closePanel();
});

box.addEventListener("keydown", (event) => {
	if (event.isComposing) return; // Enter then chooses a character
	const asks = event.key === "Enter" && !event.shiftKey;
	const recalls = event.key === "ArrowUp" && !box.value && turns.length;
	if (asks || recalls) event.preventDefault();
	if (asks) submitBox();
	if (recalls) setBox(turns.at(-1).question);
});
box.addEventListener("input", () => setBox(box.value));
form.addEventListener("submit", (event) => {
	event.preventDefault();
	submitBox();
});
panel.addEventListener("change", ({ target }) => {
	if (!target.matches(".files")) return;
	writing.add(target.files);
	target.value = ""; // the same file may be sent again
});
// A file that is dropped beside the drawer must not replace the page.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
panel.addEventListener("drop", ({ dataTransfer }) => {
	if (mayWrite === "key" && opened?.id === SHELF) writing.add(dataTransfer.files);
});
panel.addEventListener("input", ({ target }) => {
	if (target.matches(".search")) announce(searchShelf(panel, t));
});
addEventListener("hashchange", followRoute);
addEventListener("storage", (event) => {
	if (!store.concerns(event)) return;
	turns = [...store.turns(), ...turns.filter(({ answer }) => !answer)];
	drawConversation();
});
wide.addEventListener("change", layPanel);

drawWords();
setBox(box.value); // what the browser kept over a reload
box.focus({ preventScroll: true });
access().then(({ writing: found }) => {
	mayWrite = found;
	if (opened?.id === SHELF) drawPanel();
}, () => {}); // the drawer then only shows
documents().then((found) => {
	library = found;
	if (!turns.length) drawConversation();
}, () => {}); // the first page does without
followRoute();

const asked = parseAsked(location.search);
if (asked) {
	// The address is cleaned, so that a reload does not ask again.
	history.replaceState(null, "", location.pathname + location.hash);
	submit(asked.question, asked);
} else if (turns.length) element(turns.at(-1).id).scrollIntoView({ behavior: "instant" });
