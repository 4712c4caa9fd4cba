// Where the citizen writes, and chooses files.

import { cleaned } from "./cleaning.js";
import { at, status, words } from "./elements.js";
import { spoken } from "./language.js";
import { draft, keepDraft } from "./memory.js";
import { say, tellTrouble } from "./sending.js";

const MOST_FILES = 3; // chosen at once
const MOST_LETTERS = Number(words.dataset.most); // of a message

function grow() {
  keepDraft(words.value);
  words.style.height = "auto";
  words.style.height = `${words.scrollHeight + 2}px`;
  const letters = [...words.value].length;
  if (letters > MOST_LETTERS) status.textContent = spoken().tooLong(letters, MOST_LETTERS);
  else if (tooLong) tellTrouble();
  tooLong = letters > MOST_LETTERS;
}

let tooLong = false; // what is typed: it stays until it is shorter, and nothing of it is cut off

words.addEventListener("input", grow);
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  at("composer").requestSubmit();
});
at("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  if (tooLong) return grow(); // says so again
  const text = cleaned(words.value);
  words.focus({ preventScroll: true });
  words.value = "";
  grow();
  if (!text) return;
  say({ type: "text", text }, text);
});

const chooser = at("files");
at("attach").addEventListener("click", () => (tooLong ? grow() : chooser.click()));
chooser.addEventListener("change", () => {
  const most = Number(chooser.dataset.most);
  const chosen = [...chooser.files].slice(0, MOST_FILES);
  chooser.value = "";
  const small = chosen.filter((file) => file.size <= most * 1e6);
  status.textContent = small.length < chosen.length ? spoken().tooLarge(most) : "";
  if (!small.length) return;
  const text = cleaned(words.value); // what was typed belongs to the first
  words.value = "";
  grow();
  small.forEach((file, place) => {
    const beside = place ? "" : text;
    say({ type: "file", text: beside }, [`📎 ${file.name}`, beside].filter(Boolean).join("\n"), file);
  });
  words.focus({ preventScroll: true });
});

if (!words.value) words.value = draft(); // some browsers fill it in themselves
grow();
