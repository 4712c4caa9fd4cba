// The parts of the page that stand still, and how others are made.

export const at = (id) => document.getElementById(id);
export const log = at("log");
export const typing = at("typing");
export const status = at("status");
export const newer = at("newer");
export const words = at("words");
export const top = document.querySelector(".top");
export const bottom = document.querySelector(".bottom");
export const scroller = document.scrollingElement;
export const embedded = document.documentElement.classList.contains("embedded");

export function make(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}
