// Receives what the server streams: all that was committed after the last number seen.

import { files } from "./drawing/files.js";
import { show } from "./drawing/messages.js";
import { language, spoken } from "./language.js";
import { change, gone, randomId, state } from "./memory.js";
import { isAtEnd, leadTo, toEnd } from "./scrolling.js";
import { flush, LONGEST_PAUSE_S } from "./sending.js";
import { stopWaiting } from "./waiting.js";

let source = null;
let reconnectTimer = 0;
let refusals = 0;

export function connect() {
  if (gone) return;
  clearTimeout(reconnectTimer);
  source?.close();
  source = new EventSource(`/chat/events?token=${state.token}&after=${state.last}`);
  source.addEventListener("ready", () => {
    refusals = 0;
    void flush();
  });
  source.addEventListener("restart", () => change((kept) => (kept.last = 0)));
  source.addEventListener("forgotten", tellErased);
  source.addEventListener("reply", (event) => receive(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    // The browser reconnects by itself, except after an answer such as 503.
    if (source.readyState !== EventSource.CLOSED) return;
    refusals += 1;
    const pause = Math.min(LONGEST_PAUSE_S, 2 ** refusals) * (750 + 500 * Math.random());
    reconnectTimer = setTimeout(connect, pause);
  });
}

function receive(reply) {
  const follows = isAtEnd();
  change((kept) => {
    if (reply.number <= kept.last) return;
    kept.last = reply.number;
    const { file, ...shown } = reply;
    if (file?.fetched) shown.file = file; // without its content, which is asked for
    else if (file) files.set(reply.number, file);
    kept.entries.push({ ...shown, id: randomId(), at: Date.now(), language: language() });
  });
  stopWaiting();
  show();
  if (follows) toEnd();
  else leadTo("newer");
}

// Whoever closed the page before the answer to BORRAR came cannot be given it: it is gone as well.
function tellErased() {
  change((kept) => {
    kept.last = 0;
    const asked = kept.entries.at(-1);
    if (!asked?.mine) return;
    kept.entries.push({ id: randomId(), text: spoken().erased, at: Date.now(), language: language() });
  });
  stopWaiting();
  show();
}

export function isCut() {
  return source.readyState === EventSource.CLOSED;
}

export function disconnect() {
  source?.close();
  clearTimeout(reconnectTimer);
}
