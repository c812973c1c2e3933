// Splits a block where the cursor stands in its text; without this script it is split after a sentence that is chosen.
{
  const form = document.querySelector("form[data-blocks]");
  const cursors = new Map();
  for (const hint of form.querySelectorAll("[data-cursor]")) hint.hidden = false;
  const name = (field) => field.name.slice(field.name.indexOf(".") + 1);
  document.addEventListener("selectionchange", () => {
    const field = document.activeElement;
    if (field.tagName !== "TEXTAREA" || !field.name.startsWith("text.")) return;
    // The server counts characters, a script the halves of some.
    cursors.set(name(field), [...field.value.slice(0, field.selectionStart)].length);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name.startsWith("cut.")) cursors.delete(name(target));
  });
  form.addEventListener("click", ({ target }) => {
    const button = target.closest("button[value^='split.']");
    if (!button) return;
    const block = button.value.slice(6);
    const at = cursors.get(block) ?? 0;
    const field = form.elements[`text.${block}`];
    if (at > 0 && at < [...field.value].length) form.elements[`at.${block}`].value = at;
  });
}
