// Keeps what is typed on this device until it is sent. The server keeps drafts; this is for a lost connection.
const form = document.querySelector("form[data-keep]");
if (form) {
  const key = `sympolity:${form.dataset.keep}`;
  const fields = () => [...form.elements].filter((f) => f.tagName === "TEXTAREA");
  const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
  const base = form.elements.base?.value;
  if (kept.base === base && !document.getElementById("wrong")) {
    for (const f of fields()) {
      if (f.name in kept && f.value === f.defaultValue) f.value = kept[f.name];
    }
  }
  form.addEventListener("input", () => {
    const typed = { base };
    for (const f of fields()) if (f.value !== f.defaultValue) typed[f.name] = f.value;
    localStorage.setItem(key, JSON.stringify(typed));
  });
  form.addEventListener("submit", () => localStorage.removeItem(key));
}
