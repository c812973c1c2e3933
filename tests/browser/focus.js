// What can have the focus: whether it shows, whether its ring is told from what is around it, and in which order it comes.
() => {
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const ground = (e) => {
    for (let at = e.parentElement; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const told = (e) => `${e.tagName.toLowerCase()}.${e.className} ${(e.innerText ?? e.name ?? "").trim().slice(0, 40)}`;
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const reached = all.filter((e) => e.tabIndex >= 0 && !e.disabled && e.type !== "hidden" && e.checkVisibility());
  const found = reached.filter((e) => e.tabIndex > 0).map((e) => `out of order: ${told(e)}`);
  // Of each kind that looks alike one is enough.
  const kinds = new Map(reached.map((e) => [`${e.tagName}.${e.className} ${e.parentElement.className} ${ground(e)}`, e]));
  for (const e of kinds.values()) {
    e.focus({ preventScroll: true, focusVisible: true });
    const ring = getComputedStyle(e);
    if (document.activeElement !== e) found.push(`takes no focus: ${told(e)}`);
    else if (ring.outlineStyle === "none" || parseFloat(ring.outlineWidth) < 2) found.push(`shows no focus: ${told(e)}`);
    else if (contrast(ring.outlineColor, ground(e)) < 3) found.push(`shows its focus faintly: ${told(e)}`);
  }
  document.activeElement.blur();
  return found;
}
