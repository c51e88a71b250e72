// A form that a passkey answers: what the device signs goes into the form, and the form is sent as any other.
// data-passkey: "create" or "get"; data-options: what the desk asks for, in JSON; data-field: where the answer goes.
// A button with data-without-passkey sends the form as it is.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0))
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")

const listed = (credentials) => credentials?.map((each) => ({ ...each, id: bytes(each.id) }))

function asked(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge) }
  if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) }
  if (options.allowCredentials) publicKey.allowCredentials = listed(options.allowCredentials)
  if (options.excludeCredentials) publicKey.excludeCredentials = listed(options.excludeCredentials)
  return { publicKey }
}

function answered(credential) {
  const { response } = credential
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(parts.filter((part) => response[part]).map((part) => [part, text(response[part])])),
    clientExtensionResults: {},
  })
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const refusal = form.querySelector("[data-refusal]")
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.hasAttribute("data-without-passkey")) return
    event.preventDefault()
    const button = event.submitter ?? form.querySelector("button[type=submit]")
    button.disabled = true
    refusal.hidden = true
    try {
      const options = asked(JSON.parse(form.dataset.options))
      form.elements[form.dataset.field ?? "answer"].value = answered(await navigator.credentials[form.dataset.passkey](options))
      form.submit()
    } catch {
      refusal.hidden = false
      button.disabled = false
    }
  })
}
if (!window.PublicKeyCredential) for (const word of document.querySelectorAll("[data-no-passkeys]")) word.hidden = false
