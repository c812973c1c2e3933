// Letters for whoever goes through many changes: each leads to what bears it. They can be switched off on the page.
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
  const there = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!there) return;
  event.preventDefault();
  there.closest("details")?.setAttribute("open", "");
  if (there.matches("a, button")) there.click();
  else there.focus();
  if (there.matches("[type=radio]")) {
    there.checked = true;
    there.form.querySelector("textarea")?.focus();
  }
});
