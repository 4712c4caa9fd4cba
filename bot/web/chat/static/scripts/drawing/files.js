// Files that replies bring: a button that downloads each.

import { make, status } from "../elements.js";
import { spoken } from "../language.js";
import { state } from "../memory.js";

const FILE_TIMEOUT_MS = 180_000;

// Files last as long as the page: on a shared computer nothing of them stays behind.
export const files = new Map(); // a reply's number → its file

export function drawFile(file, number) {
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
      signal: AbortSignal.timeout(FILE_TIMEOUT_MS),
    });
    return response.ok ? await response.blob() : null;
  } catch {
    return null;
  }
}
