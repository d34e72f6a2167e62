// The page: wires the reader's keys and clicks to the service, the conversation and the article panel.

import { ApiError, ask, documentById, documents } from "./api.js";
import { renderArticle, renderArticleNotice } from "./article.js";
import { examples } from "./examples.js";
import { pickLanguage, words } from "./i18n.js";
import { announcement, errorWords, renderTurn, renderWelcome } from "./render.js";
import { parseRoute } from "./route.js";
import { createStore } from "./store.js";
import { watchTooltips } from "./tooltip.js";

const LIMIT = 5;
const MORE = 10;
const MOST = 50; // the contract's largest limit
const REMEMBERED = 10; // earlier questions sent along, for "and according to Kyiv?"
const RETRIES_S = [2, 4, 8, 16, 30];
const THEMES = ["auto", "light", "dark"];

const element = (id) => document.getElementById(id);
const [page, conversation, form, box, panel, announcer] = ["page", "conversation", "ask", "question", "article", "announce"].map(element);
const wide = matchMedia("(min-width: 1000px)");

const store = createStore(storageOf("localStorage"));
const drafts = createStore(storageOf("sessionStorage"));
const tooltip = watchTooltips(element("tooltip"));

let t = words(pickLanguage(store.choice("language"), navigator.languages));
let turns = store.turns();
let shelf = { documents: null, more: false, questions: [] };
let opened = null; // the article in the panel: { id, start, end, found, error }
let returnTo = null; // what had the focus before the panel opened
let steps = 0; // how many entries of the browser's history the panel has added

// --- the conversation ---

function submit(question) {
  const text = question.trim();
  if (!text) {
    box.focus();
    return;
  }
  const id = `t${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  const turn = { id, question: text };
  if (!turns.length) conversation.replaceChildren();
  turns.push(turn);
  conversation.append(renderTurn(turn, t));
  element(id).scrollIntoView({ block: "start" });
  setBox("");
  seek(turn);
}

async function seek(turn, limit = LIMIT) {
  const earlier = turns.slice(0, turns.indexOf(turn)).map(({ question }) => question);
  try {
    const answer = await ask({ question: turn.question, limit, history: earlier.slice(-REMEMBERED) });
    Object.assign(turn, { answer, error: undefined });
    redraw(turn);
    store.keep({ id: turn.id, question: turn.question, answer });
    announce(announcement(answer, t));
  } catch (cause) {
    const error = cause instanceof ApiError ? cause.toJSON() : { code: "unreadable" };
    Object.assign(turn, { answer: undefined, error });
    redraw(turn);
    announce(errorWords(error, t));
    if (error.code === "unreachable") retryLater(turn);
    else if (!box.value) setBox(turn.question); // kept, so that it can be mended
  }
}

function again(turn) {
  Object.assign(turn, { answer: undefined, error: undefined });
  redraw(turn);
  return seek(turn);
}

// A service that is away may come back by itself: tries again, more and more rarely, and says when.
function retryLater(turn) {
  const tries = turn.tries ?? 0;
  if (tries >= RETRIES_S.length) return;
  turn.tries = tries + 1;
  let left = RETRIES_S[tries];
  const tick = () => {
    if (!turns.includes(turn) || turn.error?.code !== "unreachable") return;
    const waiting = element(turn.id)?.querySelector(".waiting");
    if (waiting) waiting.textContent = t("retrying", { n: left });
    if (left-- > 0) setTimeout(tick, 1000);
    else again(turn);
  };
  tick();
}

function redraw(turn) {
  element(turn.id)?.replaceWith(drawn(turn));
}

// A turn kept by an older page may hold what this one cannot show; it must not take the others with it.
function drawn(turn) {
  try {
    return renderTurn(turn, t);
  } catch {
    return renderTurn({ ...turn, answer: undefined, error: { code: "unreadable" } }, t);
  }
}

function drawConversation() {
  conversation.replaceChildren(...(turns.length ? turns.map(drawn) : [renderWelcome(shelf, t)]));
  element("clear").hidden = !turns.length;
}

function clearConversation() {
  if (!confirm(t("clear_sure"))) return;
  turns = [];
  store.clear();
  drawConversation();
  announce(t("cleared"));
  box.focus();
}

async function loadShelf() {
  try {
    const found = await documents();
    const titles = found.documents.map(({ title }) => title).filter(Boolean);
    shelf = { ...found, titles };
  } catch {
    return; // the first page does without
  }
  drawShelf();
}

function drawShelf() {
  shelf.questions = examples(shelf.titles ?? [], t);
  if (!turns.length) drawConversation();
}

// --- the article panel ---

async function followRoute() {
  const route = parseRoute(location.hash);
  tooltip.hide();
  if (!route) {
    hidePanel();
    return;
  }
  if (!opened) returnTo = document.activeElement;
  const known = opened?.id === route.id ? opened.found : null;
  const mine = (opened = { ...route, found: known, error: null });
  drawPanel();
  if (known) return;
  try {
    mine.found = await documentById(route.id);
  } catch (cause) {
    mine.error = cause instanceof ApiError ? cause.toJSON() : { code: "unreadable" };
  }
  if (opened === mine) drawPanel();
}

function drawPanel() {
  const { found, error, start, end } = opened;
  const span = start === null ? null : { start, end };
  panel.replaceChildren(...(found ? renderArticle(found, span, t) : renderArticleNotice(error, t)).filter(Boolean));
  panel.hidden = false;
  panel.setAttribute("aria-label", t("article"));
  document.body.classList.add("reading");
  layPanel();
  const hit = panel.querySelector(".hit");
  (hit ?? panel).focus({ preventScroll: true });
  hit?.scrollIntoView({ block: "center", behavior: "instant" });
  if (error) announce(errorWords(error, t));
  else if (found && hit) announce(t("found"));
}

// On a phone the panel covers the conversation, which then must not be reached behind it.
function layPanel() {
  const covered = opened !== null && !wide.matches;
  page.inert = covered;
  element("skip").inert = covered;
}

function hidePanel() {
  if (!opened) return;
  opened = null;
  steps = 0;
  panel.hidden = true;
  panel.replaceChildren();
  document.body.classList.remove("reading");
  layPanel();
  if (returnTo?.isConnected) returnTo.focus({ preventScroll: true });
}

// Goes back to where the reader was when the panel was opened from this page; else only takes it off the address.
function closePanel() {
  if (steps > 0) {
    history.go(-steps);
    return;
  }
  history.replaceState(null, "", location.pathname + location.search);
  hidePanel();
}

// --- the box, the tools, the languages ---

function setBox(text) {
  box.value = text;
  fitBox();
  drafts.choose("draft", text || null);
}

function fitBox() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function announce(text) {
  announcer.textContent = text;
}

function drawWords() {
  document.documentElement.lang = t.language;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  box.placeholder = t("placeholder");
  element("send").textContent = t("send");
  const theme = store.choice("theme") ?? "auto";
  element("tools").replaceChildren(
    tool("clear", t("clear"), t("clear_hint")),
    tool("theme", THEME_SIGNS[theme] ?? THEME_SIGNS.auto, t(`theme_${theme in THEME_SIGNS ? theme : "auto"}`)),
    tool("language", t("language"), t("language_hint"), t.language === "fr" ? "en" : "fr"),
  );
  drawShelf();
  drawConversation();
  if (opened) drawPanel();
}

const THEME_SIGNS = { auto: "◐", light: "○", dark: "●" };

function tool(action, text, hint, lang) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", id: action, textContent: text, title: hint, className: "tool" });
  button.dataset.action = action;
  button.setAttribute("aria-label", hint);
  if (lang) button.lang = lang;
  return button;
}

function nextTheme() {
  const now = store.choice("theme") ?? "auto";
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length];
  store.choose("theme", next === "auto" ? null : next);
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  drawWords();
  element("theme").focus();
}

function switchLanguage() {
  const next = t.language === "fr" ? "en" : "fr";
  store.choose("language", next);
  t = words(next);
  drawWords();
  element("language").focus();
}

const turnOf = (node) => turns.find(({ id }) => id === node.closest(".turn")?.id);

const ACTIONS = {
  try: (button) => submit(button.textContent),
  retry: (button) => {
    const turn = turnOf(button);
    if (box.value === turn.question) setBox("");
    turn.tries = 0;
    again(turn);
  },
  more: async (button) => {
    const turn = turnOf(button);
    button.disabled = true;
    const first = turn.answer.quotes.length;
    await seek(turn, Math.min(first + MORE, MOST));
    element(`${turn.id}-${first}`)?.focus({ preventScroll: true });
  },
  context: (button) => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    button.textContent = t(open ? "context_hide" : "context");
    for (const around of button.closest(".quote").querySelectorAll(".around")) around.hidden = !open;
  },
  quote: (button) => {
    const quote = element(button.dataset.target);
    quote?.scrollIntoView({ block: "nearest" });
    quote?.focus({ preventScroll: true });
  },
  close: closePanel,
  clear: clearConversation,
  theme: nextTheme,
  language: switchLanguage,
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-action]");
  if (button) ACTIONS[button.dataset.action](button);
  // A link to an article adds an entry to the browser's history, which closing takes back.
  else if (event.target.closest?.('a[href^="#/document/"]') && !event.ctrlKey && !event.metaKey) steps += 1;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (tooltip.isShown()) tooltip.hide();
    else if (document.activeElement === box && box.value) setBox("");
    else if (opened) closePanel();
  } else if ((event.key === "Enter" || event.key === " ") && event.target.matches?.(".mark")) {
    event.preventDefault();
    event.target.click();
  }
});

box.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // Enter chooses a character here
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit(box.value);
  } else if (event.key === "ArrowUp" && !box.value && turns.length) {
    event.preventDefault();
    setBox(turns.at(-1).question);
  }
});
box.addEventListener("input", () => setBox(box.value));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(box.value);
});

addEventListener("hashchange", followRoute);
addEventListener("storage", (event) => {
  if (!store.concerns(event)) return;
  const pending = turns.filter(({ answer }) => !answer); // another tab knows nothing of these
  turns = [...store.turns(), ...pending];
  drawConversation();
});
wide.addEventListener("change", layPanel);

function storageOf(name) {
  try {
    return window[name];
  } catch {
    return null; // reading it is forbidden: the store then forgets
  }
}

drawWords();
setBox(drafts.choice("draft") ?? "");
loadShelf();
followRoute();

const asked = new URLSearchParams(location.search).get("q");
if (asked?.trim()) {
  // Asked once: the address is cleaned, so that a reload shows the conversation and does not ask again.
  history.replaceState(null, "", location.pathname + location.hash);
  submit(asked);
} else if (turns.length) {
  element(turns.at(-1).id).scrollIntoView({ block: "start", behavior: "instant" });
}
if (!opened) box.focus({ preventScroll: true });
