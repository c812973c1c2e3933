// Lets the browser make or show a passkey, and sends what it says with the form. Without this script, or without
// passkeys, the forms stay hidden, and every other way stays open.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const ids = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function asked(form) {
  const said = form.dataset.creation
    ? JSON.parse(form.dataset.creation)
    : await (await fetch("/sign-in/passkey/options", { method: "POST", body: new URLSearchParams(new FormData(form)) })).json();
  const publicKey = { ...said, challenge: bytes(said.challenge) };
  if (!form.dataset.creation) return navigator.credentials.get({ publicKey });
  publicKey.user = { ...said.user, id: bytes(said.user.id) };
  publicKey.excludeCredentials = ids(said.excludeCredentials);
  return navigator.credentials.create({ publicKey });
}

function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = words(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: words(credential.rawId), type: credential.type, response });
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.response.value = told(await asked(form));
      form.submit();
    } catch {
      form.querySelector("[role=status]").hidden = false;
    }
  });
}
