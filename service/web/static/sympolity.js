// Keeps what is typed in this browser, for a lost connection, an ended session, another language, a reload or a crash;
// of some forms the server keeps it, too, a moment later. Each person's is kept apart, and signing out empties it.
const store = localStorage;
const LASTS = 14 * 24 * 3600 * 1000;
const SENT = "sent";
for (const name of Object.keys(store)) {
  if (/^\S+ \//.test(name) && !(JSON.parse(store.getItem(name)).at > Date.now() - LASTS)) store.removeItem(name);
}
const { who, fresh } = document.getElementById("restored").dataset;
for (const one of document.querySelectorAll("[data-done]")) {
  for (const key of one.dataset.done.split("|")) store.removeItem(key);
}
// What was sent is done once a page says so; whoever goes elsewhere before has only typed it.
if (document.getElementById("done")) {
  store.removeItem(sessionStorage.getItem(SENT));
  // It is said once: this page shown again, after a lost connection, says nothing of what was sent from it.
  const told = new URL(location.href);
  told.searchParams.delete("done");
  history.replaceState(history.state, "", told);
}
if (fresh) sessionStorage.removeItem(SENT);
const boxed = (f) => f.type === "checkbox" || f.type === "radio";
const named = (f) => (boxed(f) ? `${f.name}=${f.value}` : f.name);
const value = (f) => (boxed(f) ? f.checked : f.value);
const first = (f) => {
  if (f.options) return ([...f.options].find((o) => o.defaultSelected) ?? f.options[0])?.value;
  return boxed(f) ? f.defaultChecked : f.defaultValue;
};
const LEFT_OUT = ["hidden", "password", "file", "submit", "button", "fieldset"];
// What says nothing of what a form is about: it differs each time, or tells only on which state the form was made.
const STATES = ["base", "revision", "known", "version_id", "digest"];
const NOT_ABOUT = ["csrf", "filter", ...STATES];
const keyOf = (form) => {
  const { pathname } = new URL(form.getAttribute("action") || "", location.href);
  const about = [...form.elements].filter((f) => f.type === "hidden" && f.name && !NOT_ABOUT.includes(f.name));
  return form.dataset.keep || [who, pathname, ...about.map((f) => `${f.name}=${f.value}`)].join(" ");
};
const keep = (form) => {
  const key = keyOf(form);
  const fields = () => [...form.elements].filter((f) => f.name && !LEFT_OUT.includes(f.type));
  const { base, range } = form.elements;
  // On which state the words were typed comes back with them, so that the server tells what has changed since;
  // where they are about words that were marked, those are of the text that is shown.
  const states = range ? [] : STATES.map((name) => form.elements[name]).filter(Boolean);
  let kept = JSON.parse(store.getItem(key) ?? "{}");
  // The server's is the newer one where somebody went on elsewhere.
  if (kept.at / 1000 < Number(form.dataset.keptAt ?? 0)) {
    store.removeItem(key);
    kept = {};
  } else if (fresh && Object.keys(kept.typed ?? {}).length) {
    const there = new Map(fields().map((f) => [named(f), f]));
    for (const [name, typed] of Object.entries(kept.typed)) {
      let f = there.get(name);
      if (!f && base) {
        // Its block is gone: it is sent all the same, and brought together with the newer text there.
        f = Object.assign(document.createElement("input"), { type: "hidden", name });
        form.append(f);
      }
      if (!f) continue;
      if (boxed(f)) f.checked = typed;
      else f.value = typed;
      f.closest("details")?.setAttribute("open", "");
    }
    for (const f of states) f.value = kept[f.name] ?? f.value;
    if (!form.dataset.keptAt) document.getElementById("restored").hidden = false;
    // The listener for the live difference is set a moment after the page has loaded.
    const tell = () => setTimeout(() => form.dispatchEvent(new Event("input", { bubbles: true })), 250);
    addEventListener("pageshow", tell);
  }
  // What was sent and shown again is no less typed for being what the page begins with.
  const before = fresh ? {} : (kept.typed ?? {});
  let discarded = false;
  form.addEventListener("input", () => {
    if (discarded) return;
    const typed = {};
    for (const f of fields()) if (value(f) !== first(f) || named(f) in before) typed[named(f)] = value(f);
    if (Object.keys(typed).length || store.getItem(key)) {
      const on = Object.fromEntries(states.map((f) => [f.name, f.value]));
      store.setItem(key, JSON.stringify({ ...on, at: Date.now(), typed }));
    }
  });
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
  for (const one of document.querySelectorAll("form[data-discard]")) {
    one.addEventListener("submit", () => {
      discarded = true;
      store.removeItem(key);
    });
  }
};
for (const form of document.querySelectorAll("main form[method=post]:has(textarea), form[data-keep]")) keep(form);
