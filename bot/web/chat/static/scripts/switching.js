// Puts the page into its language, and into the other one where that is asked for.

import { redraw } from "./drawing/messages.js";
import { at, words } from "./elements.js";
import { language, spoken } from "./language.js";
import { change } from "./memory.js";
import { say, tellTrouble } from "./sending.js";
import { LOCALES } from "./words.js";

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
