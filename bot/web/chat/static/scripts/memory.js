// What is remembered in this browser. Another tab may change it at any time.

const KEPT = 200;
export const KEY = "opina.chat";
const DRAFT = "opina.draft";
const TOKEN = /^[A-Za-z0-9_-]{22,64}$/;

let memory = null; // used where the browser allows a frame no storage
let written = false; // whether this browser keeps what is remembered

function load() {
  let stored = null;
  try {
    stored = localStorage.getItem(KEY);
  } catch {
    // Storage is blocked: the conversation lasts as long as the page.
  }
  try {
    const kept = JSON.parse(stored ?? memory);
    if (kept && TOKEN.test(kept.token)) return kept;
  } catch {
    // Unreadable: begin anew.
  }
  return { token: randomId(), language: "", desk: "", last: 0, entries: [], queue: [] };
}

export function change(mutate) {
  if (gone || isErased()) return;
  reload();
  mutate(state);
  state.entries.splice(0, state.entries.length - KEPT);
  memory = JSON.stringify(state);
  try {
    localStorage.setItem(KEY, memory);
    written = true;
  } catch {
    // Blocked or full: the copy in memory serves.
  }
}

// crypto.randomUUID exists only on https; getRandomValues everywhere.
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

export let gone = false; // erased from this computer: nothing is written here any more
export let state = load();
export const isNew = !state.entries.length && !state.queue.length && !state.last;
change((kept) => Object.assign(kept, { token: state.token }));

// What is typed and not sent yet, in this tab alone: a telephone may close the page behind the
// camera or another app.
export function keepDraft(text) {
  if (gone) return;
  try {
    sessionStorage.setItem(DRAFT, text);
  } catch {
    // Blocked or full: it stays in its field as long as the page.
  }
}

export function draft() {
  try {
    return sessionStorage.getItem(DRAFT) ?? "";
  } catch {
    return "";
  }
}

export function reload() {
  state = load();
}

// Whether another tab, or the browser, erased the conversation from this computer.
export function isErased() {
  try {
    return written && localStorage.getItem(KEY) === null;
  } catch {
    return false; // Storage is blocked meanwhile: the copy in memory serves.
  }
}

export function erase() {
  gone = true;
  memory = null;
  try {
    localStorage.removeItem(KEY);
    sessionStorage.removeItem(DRAFT);
  } catch {
    // Storage is blocked: nothing was kept.
  }
  state = { ...state, token: "", entries: [], queue: [] };
}
