// Keeps what is typed in this browser, for a lost connection, an ended session or a crash; the server keeps it, too, a
// moment later. Each person's is kept apart, and signing out empties it.
const store = localStorage;
const LASTS = 14 * 24 * 3600 * 1000;
for (const name of Object.keys(store)) {
  if (/^\S+ \//.test(name) && !(JSON.parse(store.getItem(name)).at > Date.now() - LASTS)) store.removeItem(name);
}
const done = document.querySelector("[data-done]");
for (const key of done?.dataset.done.split("|") ?? []) store.removeItem(key);
const form = document.querySelector("form[data-keep]");
if (form) {
  const key = form.dataset.keep;
  const fields = () => [...form.elements].filter((f) => f.name && (f.tagName === "TEXTAREA" || f.type === "checkbox"));
  const value = (f) => (f.type === "checkbox" ? f.checked : f.value);
  const first = (f) => (f.type === "checkbox" ? f.defaultChecked : f.defaultValue);
  const base = form.elements.base?.value;
  const kept = JSON.parse(store.getItem(key) ?? "{}");
  const notice = document.getElementById("restored");
  // The server's is the newer one where somebody went on elsewhere.
  const older = kept.at / 1000 < Number(form.dataset.keptAt ?? 0);
  if (older) store.removeItem(key);
  else if ("fresh" in form.dataset && kept.typed) {
    const there = new Map(fields().map((f) => [f.name, f]));
    for (const [name, typed] of Object.entries(kept.typed)) {
      let f = there.get(name);
      if (!f) {
        // Its block is gone: it is sent all the same, and brought together with the newer text there.
        f = Object.assign(document.createElement("input"), { type: "hidden", name });
        form.append(f);
      }
      if (f.type === "checkbox") f.checked = typed;
      else f.value = typed;
    }
    if (form.elements.base) form.elements.base.value = kept.base ?? base;
    if (notice && Object.keys(kept.typed).length) notice.hidden = false;
    // The listener for the live difference is set a moment after the page has loaded.
    const tell = () => setTimeout(() => form.dispatchEvent(new Event("input", { bubbles: true })), 250);
    addEventListener("pageshow", tell);
  }
  form.addEventListener("input", () => {
    const typed = {};
    for (const f of fields()) if (value(f) !== first(f)) typed[f.name] = value(f);
    if (Object.keys(typed).length || store.getItem(key)) {
      store.setItem(key, JSON.stringify({ base: form.elements.base?.value, at: Date.now(), typed }));
    }
  });
  for (const one of document.querySelectorAll("form[data-discard]")) {
    one.addEventListener("submit", () => store.removeItem(key));
  }
}
