// Asks by the digest of the chosen file first: a paper that was published here need not be sent. Any other is sent.
const form = document.querySelector("form[data-by-digest]");
form?.addEventListener("submit", async (event) => {
  const file = form.elements.paper.files[0];
  if (!file || !crypto.subtle) return;
  event.preventDefault();
  try {
    const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const digest = [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const answer = await fetch(`/api/v1/verifications?code=${digest}`);
    if ((await answer.json()).items[0].file_digest === digest) return location.assign(`/verify/${digest}`);
  } catch {
    // There is no such paper, or it cannot be asked: it is sent as without this.
  }
  form.submit();
});
