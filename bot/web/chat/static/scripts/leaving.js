// Leaving a computer that others use, and closing the frame.

import { drawn } from "./drawing/messages.js";
import { files } from "./drawing/files.js";
import { at, embedded, log, newer, status, words } from "./elements.js";
import { spoken } from "./language.js";
import { erase } from "./memory.js";
import { disconnect } from "./receiving.js";
import { stopSending } from "./sending.js";
import { stopWaiting } from "./waiting.js";

function askToForget(open) {
  at("forget-ask").hidden = !open;
  at("forget").setAttribute("aria-expanded", String(open));
  (open ? at("forget-yes") : at("forget")).focus();
  if (open) at("forget-ask").scrollIntoView({ block: "end" });
}

export function forget() {
  disconnect();
  stopSending();
  files.clear();
  erase();
  stopWaiting();
  newer.hidden = true;
  words.value = "";
  log.replaceChildren();
  drawn.clear();
  for (const id of ["forget", "forget-ask", "composer"]) at(id).hidden = true;
  status.textContent = "";
  at("forgotten").hidden = false;
  at("forgotten").textContent = spoken().forgotten;
  at("forgotten").focus();
}

at("forget").addEventListener("click", () => askToForget(at("forget-ask").hidden));
at("forget-no").addEventListener("click", () => askToForget(false));
at("forget-yes").addEventListener("click", forget);

if (embedded) {
  const leave = () => parent.postMessage({ opina: "close" }, "*");
  at("close").addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
  addEventListener("message", (event) => {
    if (event.source === parent && event.data?.opina === "open") words.focus();
  });
}
