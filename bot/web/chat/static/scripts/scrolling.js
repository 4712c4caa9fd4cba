// Scrolls to the end, but never away from what is being read above.

import { bottom, log, newer, scroller, top, words } from "./elements.js";
import { spoken } from "./language.js";
import { state } from "./memory.js";

const EDGE = 6; // of a message, above its first words
const SPACE = 32; // around the last message, where there is room
const SHORT_QUESTION = 30;

export function isAtEnd() {
  return scroller.scrollHeight - scroller.scrollTop - innerHeight < 96;
}

export function toEnd() {
  newer.hidden = true;
  const last = log.lastElementChild;
  if (last && !state.entries.at(-1)?.mine && last.offsetHeight > room() + EDGE) {
    last.scrollIntoView({ block: "start" }); // longer than the screen: read from its beginning
    if (!showsQuestion(last)) leadTo("answer", question(state.entries.at(-1)));
  } else if (last && last.offsetHeight > room() - SPACE) {
    last.scrollIntoView({ block: "end" }); // just as long as the screen: all of it
  } else {
    scroller.scrollTop = scroller.scrollHeight;
  }
}

// A button over the composer leads to what lies below.
export function leadTo(what, shown = spoken()[what]) {
  newer.dataset.leads = what;
  newer.textContent = shown;
  newer.hidden = false;
}

// Whether the end of a message that asks something lies above the composer.
function showsQuestion(message) {
  const end = message?.querySelector(".bubble").getBoundingClientRect().bottom ?? 0;
  return !message?.querySelector(".options") || end <= innerHeight - bottom.offsetHeight;
}

// What a long message asks at its end, if that is short enough for a button.
function question(entry) {
  const text = entry.blocks?.at(-1)?.text ?? "";
  return text && text.length <= SHORT_QUESTION ? text : undefined;
}

function room() {
  return innerHeight - top.offsetHeight - bottom.offsetHeight;
}

// What is scrolled to or gets the focus must not lie under the bars above and below.
export function keepClear() {
  const covers = getComputedStyle(top).position === "sticky" ? top.offsetHeight : 0;
  scroller.style.scrollPadding = `${covers + 4}px 0 ${bottom.offsetHeight + 4}px`;
  if (following) toEnd();
}

let following = true;
addEventListener("scroll", () => {
  following = isAtEnd();
  if (following && (newer.dataset.leads !== "answer" || showsQuestion(log.lastElementChild))) newer.hidden = true;
}, { passive: true });
addEventListener("resize", keepClear);
newer.addEventListener("click", () => {
  const options = log.lastElementChild?.querySelector(".options");
  if (newer.dataset.leads === "answer" && options) {
    scroller.scrollTop = scroller.scrollHeight;
    options.querySelector("button").focus({ preventScroll: true });
  } else {
    toEnd();
    words.focus({ preventScroll: true });
  }
});
