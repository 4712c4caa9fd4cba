// Draws what can be answered: buttons, the scale of grades, and long lists with a filter.

import { cleaned } from "../cleaning.js";
import { log, make, words } from "../elements.js";
import { spoken } from "../language.js";
import { say } from "../sending.js";

const LONG_LIST = 7; // entries that are shown of a longer list
const ROW_LETTERS = 24; // of up to three labels that stand side by side on a narrow telephone

export function drawOptions(entry) {
  const group = make("div", entry.layout === "list" ? "options list" : "options");
  if (entry.layout === "buttons" && fitsOneRow(entry.options)) group.classList.add("row");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", spoken().options);
  const grades =
    entry.layout === "grades" ? entry.options.filter((one) => /^[1-7](?!\d)/.test(one.label)) : [];
  if (grades.length) {
    const scale = make("div", "scale");
    scale.append(make("span", "worst", spoken().worst), make("span", "best", spoken().best));
    for (const [index, option] of grades.entries()) {
      const button = drawOption(entry, option);
      button.textContent = option.label[0];
      const end = index === 0 ? spoken().worst : index === grades.length - 1 ? spoken().best : "";
      if (end) button.setAttribute("aria-label", `${option.label[0]}, ${end}`);
      scale.append(button);
    }
    group.append(scale);
  }
  const listed = [];
  for (const [index, option] of entry.options.entries()) {
    if (grades.includes(option)) continue;
    const button = drawOption(entry, option);
    if (index < (entry.numbered ?? 0)) {
      button.replaceChildren(make("span", "number", `${index + 1}.`), " ", make("span", "", option.label));
      listed.push({ button, name: folded(option.label) });
    }
    group.append(button);
  }
  if (listed.length > LONG_LIST) foldUp(group, listed);
  return group;
}

function fitsOneRow(options) {
  const letters = options.reduce((count, one) => count + one.label.length, 0);
  return options.length <= 3 && letters <= ROW_LETTERS;
}

// A long list shows its first entries, and those that fit what is typed above it.
function foldUp(group, listed) {
  const filter = make("input");
  filter.type = "search";
  filter.autocomplete = "off";
  filter.placeholder = spoken().filter;
  filter.setAttribute("aria-label", spoken().filter);
  filter.setAttribute("enterkeyhint", "search");
  const said = make("p", "said");
  said.setAttribute("role", "status");
  const all = make("button", "all", spoken().all(listed.length));
  all.type = "button";
  let whole = false;

  const fitting = () => listed.filter(({ name }) => name.includes(folded(filter.value.trim())));
  const shown = () => {
    const typed = Boolean(filter.value.trim());
    const fit = fitting();
    for (const [index, entry] of listed.entries()) {
      entry.button.hidden = typed ? !fit.includes(entry) : !whole && index >= LONG_LIST;
    }
    all.hidden = typed || whole;
    said.textContent = !typed ? "" : fit.length ? spoken().found(fit.length) : spoken().none;
  };
  filter.addEventListener("input", shown);
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const fit = fitting();
    const text = cleaned(filter.value);
    if (fit.length === 1) fit[0].button.click();
    else if (!fit.length && text) say({ type: "text", text }, text);
  });
  all.addEventListener("click", () => {
    whole = true;
    shown();
    listed[LONG_LIST].button.focus();
  });
  listed.at(-1).button.after(all);
  group.prepend(filter, said);
  shown();
}

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function drawOption(entry, option) {
  const button = make("button", "", option.label);
  button.type = "button";
  button.addEventListener("click", () => {
    say({ type: "press", key: option.key, prompt: entry.number }, option.label);
    // The button is gone; with a keyboard the next thing is at hand, on a phone none pops up.
    if (matchMedia("(pointer: fine)").matches) words.focus({ preventScroll: true });
    else log.focus({ preventScroll: true });
  });
  return button;
}
