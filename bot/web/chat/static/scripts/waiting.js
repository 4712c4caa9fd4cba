// The dots, only while an answer is due.

import { typing } from "./elements.js";
import { isAtEnd, toEnd } from "./scrolling.js";

const WAITING_MS = 10_000;

let waitTimer = 0;

export function wait() {
  const follows = isAtEnd();
  typing.hidden = false;
  clearTimeout(waitTimer);
  waitTimer = setTimeout(stopWaiting, WAITING_MS);
  if (follows) toEnd();
}

export function stopWaiting() {
  clearTimeout(waitTimer);
  typing.hidden = true;
}
