// The chat page at work: shows the conversation, and keeps it over reloads. The server joins the
// files that are imported here, so that a browser fetches one.

import "./scripts/composer.js";
import { redraw, show } from "./scripts/drawing/messages.js";
import { at, embedded, log } from "./scripts/elements.js";
import { forget } from "./scripts/leaving.js";
import { change, gone, isErased, isNew, KEY, reload, state } from "./scripts/memory.js";
import { connect, isCut } from "./scripts/receiving.js";
import { isAtEnd, keepClear, toEnd } from "./scripts/scrolling.js";
import { flush, say } from "./scripts/sending.js";
import { translate } from "./scripts/switching.js";

const DESK = /^[A-Za-z0-9_-]{1,64}$/;

addEventListener("online", () => {
  connect();
  void flush();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  if (isErased()) forget();
  else if (isCut()) connect();
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  if (isErased()) forget();
  else connect();
});
addEventListener("storage", (event) => {
  if (gone) return;
  if (isErased()) forget(); // a tab of this computer was told to
  if (event.key !== KEY || gone) return;
  const follows = isAtEnd();
  reload();
  show();
  if (follows) toEnd();
});

function begin() {
  at("no-script").remove();
  log.tabIndex = -1;
  translate();
  at("leaving").hidden = false;
  redraw();
  keepClear();
  toEnd();
  connect();
  const address = new URL(location.href);
  const asked = address.searchParams.get("d") ?? "";
  const desk = DESK.test(asked) ? asked : "";
  // A scanned code counts each time. A frame's address is the same on every page of its site.
  const scanned = desk && (!embedded || desk !== state.desk);
  if (isNew || scanned) {
    if (scanned) change((kept) => (kept.desk = desk));
    say({ type: "start", desk });
  } else {
    void flush();
  }
  if (asked && !embedded) history.replaceState(null, "", address.pathname);
}

begin();
