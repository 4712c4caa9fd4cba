// The language that the page speaks, and its words.

import { state } from "./memory.js";
import { WORDS } from "./words.js";

export function language() {
  return state.language || "es";
}

export function spoken() {
  return WORDS[language()];
}
