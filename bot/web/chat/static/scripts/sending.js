// Sends in order, one at a time, each under an id of its own until the server has it,
// so that sending again is harmless.

import { show } from "./drawing/messages.js";
import { status } from "./elements.js";
import { spoken } from "./language.js";
import { change, gone, randomId, reload, state } from "./memory.js";
import { toEnd } from "./scrolling.js";
import { stopWaiting, wait } from "./waiting.js";

const POST_TIMEOUT_MS = 20_000;
const SLOW_MS = 1_000;
const UPLOAD_TIMEOUT_MS = 450_000;
export const LONGEST_PAUSE_S = 30;

let sending = false;
let failures = 0;
export let trouble = "";
export let slow = ""; // the id of a message, mostly a photo, that takes a while to send
let retryTimer = 0;

// Files are held as long as the page: what is remembered in the browser has no room for them.
const held = new Map(); // a message's id → its file

export function say(body, shown, file) {
  const id = randomId();
  if (file) held.set(id, file);
  const language = state.language || undefined;
  change((kept) => {
    kept.queue.push({ token: kept.token, id, language, ...body });
    if (shown) {
      kept.entries.push({ id, mine: true, text: shown, at: Date.now(), state: "queued" });
    }
  });
  show();
  toEnd();
  void flush();
}

export async function flush() {
  if (sending || gone) return;
  sending = true;
  clearTimeout(retryTimer);
  reload();
  while (state.queue.length) {
    if (!trouble) wait();
    const message = state.queue[0];
    const seen = state.last;
    const slowTimer = setTimeout(tellSlow, SLOW_MS, message.id);
    const answer = await post(message);
    clearTimeout(slowTimer);
    slow = "";
    if (answer.again) {
      failures += 1;
      setTrouble(answer.again);
      const pause = answer.pause ?? Math.min(LONGEST_PAUSE_S, 2 ** failures);
      retryTimer = setTimeout(flush, pause * (750 + 500 * Math.random()));
      break;
    }
    failures = 0;
    held.delete(message.id);
    change((kept) => {
      kept.queue = kept.queue.filter((other) => other.id !== message.id);
      const entry = kept.entries.find((other) => other.id === message.id);
      if (entry) entry.state = answer.taken ? "sent" : "failed";
    });
    setTrouble("");
    // The answer may come before the acknowledgement: then none is due any more.
    if (!answer.taken) stopWaiting();
    else if (state.last === seen) wait();
  }
  sending = false;
}

async function post(message) {
  const isFile = message.type === "file";
  if (isFile && !held.has(message.id)) return { taken: false }; // the page was closed meanwhile
  try {
    const content = isFile ? await inBase64(held.get(message.id)) : undefined;
    const response = await fetch(isFile ? "/chat/files" : "/chat/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...message, content }),
      credentials: "omit",
      signal: AbortSignal.timeout(isFile ? UPLOAD_TIMEOUT_MS : POST_TIMEOUT_MS),
    });
    if (response.ok) return { taken: true };
    const later = response.status >= 500 || [408, 429].includes(response.status);
    if (!later) return { taken: false };
    const pause = Number(response.headers.get("Retry-After")) || undefined;
    return { again: "busy", pause };
  } catch {
    return { again: "offline" };
  }
}

function inBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result.split(",", 2)[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

function tellSlow(id) {
  slow = id;
  show();
}

function setTrouble(kind) {
  trouble = kind;
  tellTrouble();
  if (kind) stopWaiting();
  show();
}

export function tellTrouble() {
  status.textContent = trouble ? spoken()[trouble] : "";
}

export function stopSending() {
  clearTimeout(retryTimer);
  held.clear();
}
