// The language that the page speaks, and the change to the other one.

import { at, words } from "./elements.js";
import { change, state } from "./memory.js";
import { redraw } from "./drawing/messages.js";
import { say, tellTrouble } from "./sending.js";
import { LOCALES, WORDS } from "./words.js";

export function language() {
  return state.language || "es";
}

export function spoken() {
  return WORDS[language()];
}

export function translate() {
  const other = language() === "es" ? "en" : "es";
  document.documentElement.lang = LOCALES[language()];
  at("language").lang = other;
  at("language").textContent = { en: "English", es: "Español" }[other];
  for (const element of document.querySelectorAll("[data-words]")) {
    element.textContent = spoken()[element.dataset.words];
  }
  for (const element of document.querySelectorAll("[data-words-label]")) {
    element.setAttribute("aria-label", spoken()[element.dataset.wordsLabel]);
  }
  words.placeholder = spoken().placeholder;
  tellTrouble();
}

at("language").addEventListener("click", () => {
  const chosen = language() === "es" ? "en" : "es";
  change((kept) => (kept.language = chosen));
  translate();
  redraw();
  const word = { en: "English", es: "Español" }[chosen];
  say({ type: "text", text: word.toLowerCase() }, word);
});
