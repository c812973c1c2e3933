// Keeps what is typed in this tab until it is sent, for a lost connection. Drafts are kept by the server;
// a tab's own storage is not shown to whoever uses the device next.
const form = document.querySelector("form[data-keep]");
if (form) {
  const key = `sympolity:${form.dataset.keep}`;
  const fields = () => [...form.elements].filter((f) => f.tagName === "TEXTAREA");
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  const base = form.elements.base?.value;
  if (kept.base === base && !document.getElementById("wrong")) {
    for (const f of fields()) {
      if (f.name in kept && f.value === f.defaultValue) f.value = kept[f.name];
    }
    const restored = fields().find((f) => f.name in kept);
    // The listener for the live difference is set a moment after the page has loaded.
    const tell = () => setTimeout(() => restored.dispatchEvent(new Event("input", { bubbles: true })), 250);
    if (restored) addEventListener("pageshow", tell);
  }
  form.addEventListener("input", () => {
    const typed = { base };
    for (const f of fields()) if (f.value !== f.defaultValue) typed[f.name] = f.value;
    sessionStorage.setItem(key, JSON.stringify(typed));
  });
  form.addEventListener("submit", () => sessionStorage.removeItem(key));
}
