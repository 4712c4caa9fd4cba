// Draws the conversation. Nothing is ever parsed as HTML.

import { log, make } from "../elements.js";
import { language, spoken } from "../language.js";
import { state } from "../memory.js";
import { slow, trouble } from "../sending.js";
import { LOCALES } from "../words.js";
import { drawBlock } from "./blocks.js";
import { drawFile, files } from "./files.js";
import { withLinks } from "./links.js";
import { drawOptions } from "./options.js";

export const drawn = new Map(); // an entry's id → its element

export function show() {
  const ids = new Set(state.entries.map((entry) => entry.id));
  for (const [id, element] of drawn) {
    if (!ids.has(id)) {
      element.remove();
      drawn.delete(id);
    }
  }
  const open = openQuestion();
  let previous;
  for (const entry of state.entries) {
    let element = drawn.get(entry.id);
    if (!element) {
      element = drawMessage(entry, previous);
      if (entry === open && entry.options?.length) element.append(drawOptions(entry));
      drawn.set(entry.id, element);
      log.append(element);
    }
    if (entry !== open) element.querySelector(".options")?.remove();
    if (entry.mine) drawState(element, entry);
    previous = entry;
  }
}

// What is told meanwhile closes no question: only what the citizen writes, or another question.
function openQuestion() {
  return state.entries.filter((entry) => entry.mine || entry.options?.length).at(-1);
}

export function redraw() {
  // What was read before is not read aloud again.
  log.setAttribute("aria-live", "off");
  log.replaceChildren();
  drawn.clear();
  show();
  setTimeout(() => log.setAttribute("aria-live", "polite"), 300);
}

function drawMessage(entry, previous) {
  const message = make("div", entry.mine ? "message mine" : "message");
  if (previous && !previous.mine !== !entry.mine) message.classList.add("turned");
  const day = new Date(entry.at).toDateString();
  if (!previous || new Date(previous.at).toDateString() !== day) {
    message.append(make("p", "day", nameOfDay(entry.at)));
  }
  const bubble = make("div", "bubble");
  const author = make("span", "unseen", entry.mine ? spoken().me : spoken().assistant);
  if (entry.language && entry.language !== language()) {
    bubble.lang = LOCALES[entry.language]; // read aloud as it was written
    author.lang = LOCALES[language()];
  }
  bubble.append(author);
  const blocks = entry.mine ? undefined : entry.blocks;
  if (entry.mine) bubble.append(entry.text);
  else if (!blocks) bubble.append(...withLinks(entry.text));
  else bubble.append(...blocks.map(drawBlock));
  if (blocks) bubble.classList.add("card");
  if (blocks?.some((block) => block.type === "alert")) bubble.classList.add("danger");
  message.append(bubble);
  const file = entry.mine ? undefined : (files.get(entry.number) ?? entry.file);
  if (file) message.append(drawFile(file, entry.number));
  return message;
}

function stateOf(entry) {
  if (entry.state === "failed") return spoken().failed;
  if (entry.state !== "queued") return "";
  if (trouble) return spoken().pending;
  return entry.id === slow ? spoken().sending : "";
}

function drawState(message, entry) {
  const text = stateOf(entry);
  let element = message.querySelector(".state");
  if ((element?.textContent ?? "") === text) return;
  element?.remove();
  message.classList.toggle("failed", entry.state === "failed");
  if (text) message.append(make("p", "state", text));
}

function nameOfDay(time) {
  const locale = LOCALES[language()];
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(time).setHours(0, 0, 0, 0)) / 864e5);
  if (days < 2) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day");
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(time);
}
