// The web chat on another site: one round button and one frame, both inside a shadow root.
// <script src="https://…/chat/widget.js" defer></script>, with data-desk="TOKEN" for one desk.
"use strict";

(() => {
  const script = document.currentScript;
  if (document.querySelector("[data-opina-chat]")) return;

  const page = new URL("../chat?embed=1", script.src);
  if (script.dataset.desk) page.searchParams.set("d", script.dataset.desk);
  const STYLE = `
    :host { all: initial; }
    button {
      position: fixed; z-index: 2147483646; right: 16px; bottom: 16px;
      width: 60px; height: 60px; padding: 16px; box-sizing: border-box;
      border: 2px solid #fff; border-radius: 50%; background: #0b5574; color: #fff;
      cursor: pointer; box-shadow: 0 1px 4px rgb(0 0 0 / 30%);
    }
    button:focus-visible { outline: 3px solid #0b5574; outline-offset: 3px; }
    svg { display: block; width: 100%; height: 100%; }
    iframe {
      position: fixed; z-index: 2147483647; right: 16px; bottom: 92px;
      width: 384px; max-width: calc(100vw - 32px);
      height: 640px; max-height: calc(100vh - 108px); box-sizing: border-box;
      border: 1px solid #7b8990; border-radius: 8px; background: #fff;
      box-shadow: 0 4px 16px rgb(0 0 0 / 18%); color-scheme: light dark;
    }
    iframe[hidden] { display: none; }
    @media (max-width: 480px), (max-height: 420px) {
      iframe {
        inset: 0; width: 100%; max-width: none; height: 100%; max-height: none;
        border: 0; border-radius: 0;
      }
    }
    @media print { button, iframe { display: none; } }
  `;

  const host = document.createElement("div");
  host.dataset.opinaChat = "";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); // a <style> would be refused by a strict site's policy
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  button.append(draw());
  root.append(button);
  let frame = null;
  let loaded = false; // before, the frame has no origin yet, and browsers log what is sent to it
  setOpen(false);
  document.body.append(host);

  button.addEventListener("click", () => setOpen(!isOpen()));
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== page.origin) return;
    if (event.data?.opina === "close") setOpen(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) setOpen(false);
  });

  function isOpen() {
    return button.getAttribute("aria-expanded") === "true";
  }

  function setOpen(open) {
    const closes = frame && !frame.hidden && !open;
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", open ? "Cerrar chat" : "Abrir chat");
    button.title = open ? "Cerrar chat" : "Abrir chat";
    if (open) {
      if (!frame) makeFrame();
      frame.hidden = false;
      enter();
    } else if (frame) {
      frame.hidden = true;
    }
    if (closes) button.focus();
  }

  function makeFrame() {
    frame = document.createElement("iframe");
    frame.title = "Chat con la municipalidad";
    frame.src = page.href;
    frame.addEventListener("load", () => {
      loaded = true;
      if (isOpen()) enter();
    });
    root.append(frame);
  }

  function enter() {
    frame.focus();
    if (!loaded) return;
    frame.contentWindow.postMessage({ opina: "open" }, page.origin);
  }

  function draw() {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(space, "path");
    path.setAttribute("fill", "currentColor");
    path.setAttribute(
      "d",
      "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-8.5L6 21.5V17H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z",
    );
    svg.append(path);
    return svg;
  }
})();
