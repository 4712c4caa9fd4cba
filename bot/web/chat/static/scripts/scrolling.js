// Scrolls to the end, but never away from what is being read above.

import { bottom, log, newer, scroller, top, words } from "./elements.js";
import { spoken } from "./language.js";
import { state } from "./memory.js";

const EDGE = 6; // of a message, above its first words
const GAP = 4; // between a bar and what stands clear of it
const SPACE = 32; // that the end of the last message may be covered, and count as seen
const SHORT_QUESTION = 30;

// Whether the end of the last message is seen, whatever stands below it.
export function isAtEnd() {
  return underComposer(log) < SPACE;
}

export function toEnd() {
  newer.hidden = true;
  const entry = state.entries.at(-1);
  const last = entry?.mine ? null : log.lastElementChild;
  scrollToEnd(last);
  if (!showsAnswer(last)) leadTo("answer", question(entry));
}

// As far as the beginning of an element stays in sight.
function scrollToEnd(element) {
  scroller.scrollTop = scroller.scrollHeight;
  if (!element || element.getBoundingClientRect().top >= coveredAbove()) return;
  element.scrollIntoView({ block: element.offsetHeight > room() + EDGE ? "start" : "end" });
}

// A button over the composer leads to what lies below.
export function leadTo(what, shown = spoken()[what]) {
  newer.dataset.leads = what;
  newer.textContent = shown;
  newer.hidden = false;
}

// Whether at least the first answer to a message that asks something lies above the composer.
function showsAnswer(message) {
  const first = message?.querySelector(".options button");
  return !first || underComposer(first) <= 0;
}

// How much of an element lies below the composer's upper edge.
function underComposer(element) {
  return element.getBoundingClientRect().bottom - (innerHeight - bottom.offsetHeight);
}

// What a long message asks at its end, if that is short enough for a button.
function question(entry) {
  const text = entry.blocks?.at(-1)?.text ?? "";
  return text && text.length <= SHORT_QUESTION ? text : undefined;
}

function room() {
  return innerHeight - coveredAbove() - bottom.offsetHeight;
}

function coveredAbove() {
  return getComputedStyle(top).position === "sticky" ? top.offsetHeight : 0;
}

// What is scrolled to or gets the focus must not lie under the bars above and below; and where the
// end is being read, a keyboard or a bar that grows pushes it up.
export function keepClear() {
  scroller.style.scrollPadding = `${coveredAbove() + GAP}px 0 ${bottom.offsetHeight + GAP}px`;
  const covered = underComposer(log) + GAP;
  if (following && covered > 0) scrollBy(0, covered);
}

let following = true;
addEventListener("scroll", () => {
  following = isAtEnd();
  if (following && (newer.dataset.leads !== "answer" || showsAnswer(log.lastElementChild))) newer.hidden = true;
}, { passive: true });
addEventListener("resize", keepClear);
const bars = new ResizeObserver(keepClear);
bars.observe(top);
bars.observe(bottom);
newer.addEventListener("click", () => {
  const options = log.lastElementChild?.querySelector(".options");
  if (newer.dataset.leads === "answer" && options) {
    scrollToEnd(options);
    options.querySelector("button").focus({ preventScroll: true });
  } else {
    toEnd();
    words.focus({ preventScroll: true });
  }
});
