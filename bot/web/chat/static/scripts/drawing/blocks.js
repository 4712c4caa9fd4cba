// Draws the blocks of marked-up text, such as a card's.

import { make } from "../elements.js";
import { drawLink, withLinks } from "./links.js";

// One block of marked-up text. A kind that this page does not know yet shows its words.
export function drawBlock(block) {
  const drawing = {
    title: () => make("h2", "title", block.text),
    labelled: () => behind(block.label, withLinks(block.text)),
    link: () => behind(block.label, [drawLink(block.address) ?? block.address]),
    items: () => drawItems(block),
    alert: () => drawAlert(block),
  }[block.type];
  if (drawing) return drawing();
  const line = make("p", block.quiet ? "quiet" : "");
  line.append(...withLinks(block.text ?? ""));
  return line;
}

function behind(label, nodes) {
  const line = make("p", "labelled");
  line.append(make("strong", "", `${label}:`), " ", ...nodes);
  return line;
}

function drawItems({ label, items, numbered }) {
  const group = make("div", "items");
  const list = make(numbered ? "ol" : "ul");
  for (const text of items) {
    const item = make("li");
    item.append(...withLinks(text));
    list.append(item);
  }
  group.append(make("p", "label", label), list);
  return group;
}

function drawAlert({ label, text, phones }) {
  const group = make("div", "alert");
  const line = make("p");
  line.append(...withPhones(text, phones ?? []));
  group.append(make("p", "label", label), line);
  return group;
}

function withPhones(text, phones) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(/\*?\d+/g)) {
    if (!phones.includes(match[0])) continue;
    const link = make("a", "phone", match[0]);
    link.href = `tel:${match[0]}`;
    nodes.push(text.slice(from, match.index), link);
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}
