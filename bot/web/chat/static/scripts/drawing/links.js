// Text with its links, telephone numbers and numbers of cases.

import { make } from "../elements.js";

const LINK =
  /https?:\/\/[^\s<>"«»]+|(?:mailto|tel):[^\s<>"«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+56[ \d]{8,12}\d/gi;

// The number of a case: it is one word, and read out or copied as one.
const NUMBER = /\b[A-Z]{1,6}(?:-D)?-\d{4}-\d{6,9}\b/g;

export function withLinks(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const shown = trimmed(match[0]);
    const link = drawLink(shown);
    if (!link) continue;
    nodes.push(...withNumbers(text.slice(from, match.index)), link);
    from = match.index + shown.length;
  }
  nodes.push(...withNumbers(text.slice(from)));
  return nodes;
}

function withNumbers(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(NUMBER)) {
    nodes.push(text.slice(from, match.index), make("span", "whole", match[0]));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

// The stop of a sentence is not the address's; a bracket is, if it was opened inside.
function trimmed(found) {
  const shown = found.replace(/[.,;:!?\]]+$/, "");
  const closesMore = shown.split(")").length > shown.split("(").length;
  return closesMore && shown.endsWith(")") ? trimmed(shown.slice(0, -1)) : shown;
}

export function drawLink(shown) {
  let address = shown;
  if (shown.startsWith("+")) address = `tel:${shown.replaceAll(" ", "")}`;
  else if (!/^(https?|mailto|tel):/i.test(shown)) address = `mailto:${shown}`;
  if (!URL.canParse(address)) return null;
  const link = make("a", "", shown.replace(/^(mailto|tel):/i, ""));
  link.href = address;
  if (/^http/i.test(address)) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return link;
}
