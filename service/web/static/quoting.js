// Takes over the words of the passage that somebody selects, with their exact place; typing other words drops the place.
const passage = document.querySelector("#passage .text");
const { quotation, range } = document.getElementById("comment").elements;
const said = document.getElementById("said");
const letters = (text) => [...text].length;
document.getElementById("by-hand").hidden = false;
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  if (chosen.isCollapsed || !chosen.rangeCount) return;
  const here = chosen.getRangeAt(0);
  if (!passage.contains(here.commonAncestorContainer)) return;
  const before = document.createRange();
  before.setStart(passage, 0);
  before.setEnd(here.startContainer, here.startOffset);
  const text = here.toString();
  const words = text.trim();
  if (!words) return;
  const start = letters(before.toString()) + letters(text) - letters(text.trimStart());
  quotation.value = words;
  range.value = `${start}-${start + letters(words)}`;
  said.textContent = said.dataset.chosen.replace("{words}", words);
});
quotation.addEventListener("input", () => {
  range.value = "";
});
