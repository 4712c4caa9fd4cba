// The chat page at work: shows the conversation, keeps it over reloads, and sends each message
// under an id of its own until the server has it, so that sending again is harmless.
"use strict";

(() => {
  const KEPT = 200;
  const KEY = "opina.chat";
  const WAITING_MS = 10_000;
  const POST_TIMEOUT_MS = 20_000;
  const UPLOAD_TIMEOUT_MS = 180_000;
  const MOST_FILES = 3; // chosen at once
  const LONGEST_PAUSE_S = 30;
  const EDGE = 6; // of a message, above its first words
  const SPACE = 32; // around the last message, where there is room
  const SHORT_QUESTION = 30;
  const LONG_LIST = 7; // entries that are shown of a longer list
  const SHORT_LABEL = 12; // three of these stand side by side on a narrow telephone
  const WORDS = {
    es: {
      about: "Idioma y privacidad",
      automatic: "Asistente automático",
      privacy: "Privacidad",
      close: "Cerrar",
      madeUp: "Datos ficticios",
      madeUpFor: " de demostración",
      forget: "Cerrar y borrar en este equipo",
      forgetAsk:
        "Se borrará esta conversación de este equipo. La Municipalidad conserva lo que usted ya envió. Si quiere borrar eso también, escriba antes BORRAR. ¿Borro este equipo?",
      forgetYes: "Sí, borrar aquí",
      forgetNo: "No",
      forgotten: "Listo. En este equipo ya no queda su conversación. Puede cerrar esta página.",
      download: "Descargar",
      log: "Conversación",
      newer: "Nuevos mensajes",
      label: "Escriba su mensaje",
      placeholder: "Escriba aquí",
      send: "Enviar",
      attach: "Adjuntar",
      tooLarge: (most) => `Ese archivo pesa más de ${most} MB y no se envió. Pruebe con una foto más liviana.`,
      erased: "Sus datos de esta conversación ya están borrados. Puede empezar de nuevo cuando quiera.",
      fileGone: "Ese archivo ya no se puede descargar. Pídalo de nuevo.",
      assistant: "Asistente: ",
      me: "Usted: ",
      options: "Opciones para responder",
      worst: "muy mala",
      best: "muy buena",
      offline: "Sin conexión: lo enviaremos al volver.",
      busy: "Hay mucha demanda: lo enviaremos en unos segundos.",
      pending: "Por enviar",
      failed: "No se pudo enviar. Escríbalo de nuevo.",
      filter: "Buscar en la lista",
      all: (count) => `Ver las ${count}`,
      found: (count) => (count === 1 ? "Queda 1 de la lista" : `Quedan ${count} de la lista`),
      none: "Nada de la lista se llama así. Con Enter lo envía como mensaje.",
      answer: "Ir a la respuesta",
    },
    en: {
      about: "Language and privacy",
      automatic: "Automatic assistant",
      privacy: "Privacy",
      close: "Close",
      madeUp: "Made-up data",
      madeUpFor: " for demonstration",
      forget: "Close and erase on this computer",
      forgetAsk:
        "This conversation will be erased from this computer. The municipality keeps what you sent already. To have that erased too, write ERASE first. Shall I erase it here?",
      forgetYes: "Yes, erase here",
      forgetNo: "No",
      forgotten: "Done. Your conversation is no longer on this computer. You may close this page.",
      download: "Download",
      log: "Conversation",
      newer: "New messages",
      label: "Write your message",
      placeholder: "Write here",
      send: "Send",
      attach: "Attach",
      tooLarge: (most) => `That file is larger than ${most} MB and was not sent. Please try a smaller photo.`,
      erased: "Your data of this conversation has been erased. You can start anew whenever you like.",
      fileGone: "That file cannot be downloaded any more. Please ask for it again.",
      assistant: "Assistant: ",
      me: "You: ",
      options: "Options to answer with",
      worst: "very bad",
      best: "very good",
      offline: "No connection: we will send it once you are back.",
      busy: "We are busy: we will send it in a few seconds.",
      pending: "Not sent yet",
      failed: "It could not be sent. Please write it again.",
      filter: "Search the list",
      all: (count) => `See all ${count}`,
      found: (count) => (count === 1 ? "1 of the list is left" : `${count} of the list are left`),
      none: "Nothing in the list is called so. Enter sends it as a message.",
      answer: "Go to the answer",
    },
  };
  const LOCALES = { es: "es-CL", en: "en" };
  const TOKEN = /^[A-Za-z0-9_-]{22,64}$/;
  const DESK = /^[A-Za-z0-9_-]{1,64}$/;
  const LINK =
    /https?:\/\/[^\s<>"«»]+|(?:mailto|tel):[^\s<>"«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+56[ \d]{8,12}\d/gi;

  // What the server leaves out of what is typed, so that a bubble shows just what arrives: controls,
  // and what turns text round. And what can stand alone without anything to be seen.
  const NEVER_TYPED =
    /[\0-\x08\v-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  const UNSEEN = /^[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

  // The number of a case: it is one word, and read out or copied as one.
  const NUMBER = /\b[A-Z]{1,6}(?:-D)?-\d{4}-\d{6,9}\b/g;

  const at = (id) => document.getElementById(id);
  const log = at("log");
  const typing = at("typing");
  const status = at("status");
  const newer = at("newer");
  const words = at("words");
  const top = document.querySelector(".top");
  const bottom = document.querySelector(".bottom");
  const scroller = document.scrollingElement;
  const embedded = document.documentElement.classList.contains("embedded");

  // --- What is remembered in this browser. Another tab may change it at any time. ---

  let memory = null; // used where the browser allows a frame no storage

  function load() {
    let stored = null;
    try {
      stored = localStorage.getItem(KEY);
    } catch {
      // Storage is blocked: the conversation lasts as long as the page.
    }
    try {
      const kept = JSON.parse(stored ?? memory);
      if (kept && TOKEN.test(kept.token)) return kept;
    } catch {
      // Unreadable: begin anew.
    }
    return { token: randomId(), language: "", desk: "", last: 0, entries: [], queue: [] };
  }

  function change(mutate) {
    if (gone) return;
    state = load();
    mutate(state);
    state.entries.splice(0, state.entries.length - KEPT);
    memory = JSON.stringify(state);
    try {
      localStorage.setItem(KEY, memory);
    } catch {
      // Blocked or full: the copy in memory serves.
    }
  }

  // crypto.randomUUID exists only on https; getRandomValues everywhere.
  function randomId() {
    const bytes = crypto.getRandomValues(new Uint8Array(24));
    return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
  }

  let gone = false; // erased from this computer: nothing is written here any more
  let state = load();
  const isNew = !state.entries.length && !state.queue.length && !state.last;
  change((kept) => Object.assign(kept, { token: state.token }));

  // --- Sending: in order, one at a time, kept until the server has it. ---

  let sending = false;
  let failures = 0;
  let trouble = "";
  let retryTimer = 0;

  // Files are held as long as the page: what is remembered in the browser has no room for them.
  const held = new Map(); // a message's id → its file

  function say(body, shown, file) {
    const id = randomId();
    if (file) held.set(id, file);
    const language = state.language || undefined;
    change((kept) => {
      kept.queue.push({ token: kept.token, id, language, ...body });
      if (shown) {
        kept.entries.push({ id, mine: true, text: shown, at: Date.now(), state: "queued" });
      }
    });
    show();
    toEnd();
    void flush();
  }

  async function flush() {
    if (sending || gone) return;
    sending = true;
    clearTimeout(retryTimer);
    state = load();
    while (state.queue.length) {
      if (!trouble) wait();
      const message = state.queue[0];
      const seen = state.last;
      const answer = await post(message);
      if (answer.again) {
        failures += 1;
        setTrouble(answer.again);
        const pause = answer.pause ?? Math.min(LONGEST_PAUSE_S, 2 ** failures);
        retryTimer = setTimeout(flush, pause * (750 + 500 * Math.random()));
        break;
      }
      failures = 0;
      held.delete(message.id);
      change((kept) => {
        kept.queue = kept.queue.filter((other) => other.id !== message.id);
        const entry = kept.entries.find((other) => other.id === message.id);
        if (entry) entry.state = answer.taken ? "sent" : "failed";
      });
      setTrouble("");
      // The answer may come before the acknowledgement: then none is due any more.
      if (!answer.taken) stopWaiting();
      else if (state.last === seen) wait();
    }
    sending = false;
  }

  async function post(message) {
    const isFile = message.type === "file";
    if (isFile && !held.has(message.id)) return { taken: false }; // the page was closed meanwhile
    try {
      const content = isFile ? await inBase64(held.get(message.id)) : undefined;
      const response = await fetch(isFile ? "/chat/files" : "/chat/messages", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...message, content }),
        credentials: "omit",
        signal: AbortSignal.timeout(isFile ? UPLOAD_TIMEOUT_MS : POST_TIMEOUT_MS),
      });
      if (response.ok) return { taken: true };
      const later = response.status >= 500 || [408, 429].includes(response.status);
      if (!later) return { taken: false };
      const pause = Number(response.headers.get("Retry-After")) || undefined;
      return { again: "busy", pause };
    } catch {
      return { again: "offline" };
    }
  }

  function inBase64(file) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.addEventListener("load", () => resolve(reader.result.split(",", 2)[1] ?? ""));
      reader.addEventListener("error", () => reject(reader.error));
      reader.readAsDataURL(file);
    });
  }

  function setTrouble(kind) {
    trouble = kind;
    status.textContent = kind ? spoken()[kind] : "";
    if (kind) stopWaiting();
    show();
  }

  // --- Receiving: the server streams what was committed after the last number seen. ---

  let source = null;
  let reconnectTimer = 0;
  let refusals = 0;

  function connect() {
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

  // Files last as long as the page: on a shared computer nothing of them stays behind.
  const files = new Map(); // a reply's number → its file

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

  // --- The dots, only while an answer is due. ---

  let waitTimer = 0;

  function wait() {
    const follows = isAtEnd();
    typing.hidden = false;
    clearTimeout(waitTimer);
    waitTimer = setTimeout(stopWaiting, WAITING_MS);
    if (follows) toEnd();
  }

  function stopWaiting() {
    clearTimeout(waitTimer);
    typing.hidden = true;
  }

  // --- Drawing. Nothing is ever parsed as HTML. ---

  const drawn = new Map(); // an entry's id → its element

  function show() {
    const ids = new Set(state.entries.map((entry) => entry.id));
    for (const [id, element] of drawn) {
      if (!ids.has(id)) {
        element.remove();
        drawn.delete(id);
      }
    }
    const last = state.entries.at(-1);
    let previous;
    for (const entry of state.entries) {
      let element = drawn.get(entry.id);
      if (!element) {
        element = drawMessage(entry, previous);
        if (entry === last && entry.options?.length) element.append(drawOptions(entry));
        drawn.set(entry.id, element);
        log.append(element);
      }
      if (entry !== last) element.querySelector(".options")?.remove();
      if (entry.mine) drawState(element, entry);
      previous = entry;
    }
  }

  function redraw() {
    // What was read before is not read aloud again.
    log.setAttribute("aria-live", "off");
    log.replaceChildren();
    drawn.clear();
    show();
    setTimeout(() => log.setAttribute("aria-live", "polite"), 300);
  }

  function drawMessage(entry, previous) {
    const message = make("div", entry.mine ? "message mine" : "message");
    if (previous && !previous.mine !== !entry.mine) message.classList.add("turned");
    const day = new Date(entry.at).toDateString();
    if (!previous || new Date(previous.at).toDateString() !== day) {
      message.append(make("p", "day", nameOfDay(entry.at)));
    }
    const bubble = make("div", "bubble");
    const author = make("span", "unseen", entry.mine ? spoken().me : spoken().assistant);
    if (entry.language && entry.language !== language()) {
      bubble.lang = LOCALES[entry.language]; // read aloud as it was written
      author.lang = LOCALES[language()];
    }
    bubble.append(author);
    const blocks = entry.mine ? undefined : entry.blocks;
    if (entry.mine) bubble.append(entry.text);
    else if (!blocks) bubble.append(...withLinks(entry.text));
    else bubble.append(...blocks.map(drawBlock));
    if (blocks) bubble.classList.add("card");
    if (blocks?.some((block) => block.type === "alert")) bubble.classList.add("danger");
    message.append(bubble);
    const file = entry.mine ? undefined : (files.get(entry.number) ?? entry.file);
    if (file) message.append(drawFile(file, entry.number));
    return message;
  }

  // One block of marked-up text. A kind that this page does not know yet shows its words.
  function drawBlock(block) {
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

  function drawFile(file, number) {
    const button = make("button", "file", `${spoken().download} ${file.name}`);
    button.type = "button";
    button.addEventListener("click", async () => {
      const content = file.fetched ? await fetched(number) : new Blob([file.content], { type: typeOf(file.name) });
      if (!content) {
        status.textContent = spoken().fileGone;
        return;
      }
      const address = URL.createObjectURL(content);
      const link = make("a");
      link.href = address;
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    });
    return button;
  }

  function typeOf(name) {
    return name.endsWith(".json") ? "application/json" : "text/plain;charset=utf-8";
  }

  // The file of a reply; the token stands in the body, so that no address holds it.
  async function fetched(number) {
    try {
      const response = await fetch("/chat/file", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token: state.token, number }),
        credentials: "omit",
        signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
      });
      return response.ok ? await response.blob() : null;
    } catch {
      return null;
    }
  }

  function drawState(message, entry) {
    const pending = entry.state === "queued" && trouble;
    const text = entry.state === "failed" ? spoken().failed : pending ? spoken().pending : "";
    let element = message.querySelector(".state");
    if ((element?.textContent ?? "") === text) return;
    element?.remove();
    message.classList.toggle("failed", entry.state === "failed");
    if (text) message.append(make("p", "state", text));
  }

  function drawOptions(entry) {
    const group = make("div", entry.layout === "list" ? "options list" : "options");
    const fitsOneRow = (all) => all.length <= 3 && all.every((one) => one.label.length <= SHORT_LABEL);
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
      const text = typed(filter.value);
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

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function withLinks(text) {
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

  function drawLink(shown) {
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

  function nameOfDay(time) {
    const locale = LOCALES[language()];
    const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(time).setHours(0, 0, 0, 0)) / 864e5);
    if (days < 2) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day");
    return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(time);
  }

  // --- Scrolling: follows the end, but never away from what is being read above. ---

  function isAtEnd() {
    return scroller.scrollHeight - scroller.scrollTop - innerHeight < 96;
  }

  function toEnd() {
    newer.hidden = true;
    const last = log.lastElementChild;
    if (last && !state.entries.at(-1)?.mine && last.offsetHeight > room() + EDGE) {
      last.scrollIntoView({ block: "start" }); // longer than the screen: read from its beginning
      if (!showsQuestion(last)) leadTo("answer", question(state.entries.at(-1)));
    } else if (last && last.offsetHeight > room() - SPACE) {
      last.scrollIntoView({ block: "end" }); // just as long as the screen: all of it
    } else {
      scroller.scrollTop = scroller.scrollHeight;
    }
  }

  // A button over the composer leads to what lies below.
  function leadTo(what, shown = spoken()[what]) {
    newer.dataset.leads = what;
    newer.textContent = shown;
    newer.hidden = false;
  }

  // Whether the end of a message that asks something lies above the composer.
  function showsQuestion(message) {
    const end = message?.querySelector(".bubble").getBoundingClientRect().bottom ?? 0;
    return !message?.querySelector(".options") || end <= innerHeight - bottom.offsetHeight;
  }

  // What a long message asks at its end, if that is short enough for a button.
  function question(entry) {
    const text = entry.blocks?.at(-1)?.text ?? "";
    return text && text.length <= SHORT_QUESTION ? text : undefined;
  }

  function room() {
    return innerHeight - top.offsetHeight - bottom.offsetHeight;
  }

  // What is scrolled to or gets the focus must not lie under the bars above and below.
  function keepClear() {
    const covers = getComputedStyle(top).position === "sticky" ? top.offsetHeight : 0;
    scroller.style.scrollPadding = `${covers + 4}px 0 ${bottom.offsetHeight + 4}px`;
    if (following) toEnd();
  }

  let following = true;
  addEventListener("scroll", () => {
    following = isAtEnd();
    if (following && (newer.dataset.leads !== "answer" || showsQuestion(log.lastElementChild))) newer.hidden = true;
  }, { passive: true });
  addEventListener("resize", keepClear);
  newer.addEventListener("click", () => {
    const options = log.lastElementChild?.querySelector(".options");
    if (newer.dataset.leads === "answer" && options) {
      scroller.scrollTop = scroller.scrollHeight;
      options.querySelector("button").focus({ preventScroll: true });
    } else {
      toEnd();
      words.focus({ preventScroll: true });
    }
  });

  // --- Writing. ---

  function grow() {
    words.style.height = "auto";
    words.style.height = `${words.scrollHeight + 2}px`;
    keepClear();
  }

  function typed(text) {
    const kept = text.replace(NEVER_TYPED, "").trim();
    return UNSEEN.test(kept) ? "" : kept;
  }

  words.addEventListener("input", grow);
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    at("composer").requestSubmit();
  });
  at("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = typed(words.value);
    words.focus({ preventScroll: true });
    words.value = "";
    grow();
    if (!text) return;
    say({ type: "text", text }, text);
  });

  const chooser = at("files");
  at("attach").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", () => {
    const most = Number(chooser.dataset.most);
    const chosen = [...chooser.files].slice(0, MOST_FILES);
    chooser.value = "";
    const small = chosen.filter((file) => file.size <= most * 1e6);
    status.textContent = small.length < chosen.length ? spoken().tooLarge(most) : "";
    if (!small.length) return;
    const text = typed(words.value); // what was typed belongs to the first
    words.value = "";
    grow();
    small.forEach((file, place) => {
      const beside = place ? "" : text;
      say({ type: "file", text: beside }, [`📎 ${file.name}`, beside].filter(Boolean).join("\n"), file);
    });
    words.focus({ preventScroll: true });
  });

  // --- Language and the frame around. ---

  function language() {
    return state.language || "es";
  }

  function spoken() {
    return WORDS[language()];
  }

  function translate() {
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
    status.textContent = trouble ? spoken()[trouble] : "";
  }

  at("language").addEventListener("click", () => {
    const chosen = language() === "es" ? "en" : "es";
    change((kept) => (kept.language = chosen));
    translate();
    redraw();
    const word = { en: "English", es: "Español" }[chosen];
    say({ type: "text", text: word.toLowerCase() }, word);
  });

  // --- Leaving a computer that others use. ---

  function askToForget(open) {
    at("forget-ask").hidden = !open;
    at("forget").setAttribute("aria-expanded", String(open));
    (open ? at("forget-yes") : at("forget")).focus();
    if (open) at("forget-ask").scrollIntoView({ block: "end" });
  }

  function forget() {
    gone = true;
    source?.close();
    clearTimeout(retryTimer);
    clearTimeout(reconnectTimer);
    memory = null;
    files.clear();
    held.clear();
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Storage is blocked: nothing was kept.
    }
    state = { ...state, token: "", entries: [], queue: [] };
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

  // --- Beginning. ---

  addEventListener("online", () => {
    connect();
    void flush();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && source.readyState === EventSource.CLOSED) connect();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) connect();
  });
  addEventListener("storage", (event) => {
    if (event.key !== KEY || gone) return;
    const follows = isAtEnd();
    state = load();
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
})();
