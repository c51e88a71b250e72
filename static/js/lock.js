// An unattended screen covers itself. What stood on the page is taken out of it, not merely hidden, and put back as it
// was once the password is given; the desk is told, so that no other tab opens meanwhile.
{
  const { after, address, guest, lost } = document.currentScript.dataset
  const limit = Number(after) * 1000
  const cover = document.getElementById("screen-cover")
  const tabs = new BroadcastChannel("screen")
  let last = Date.now(), told = 0, kept = null, focused = null

  function active() {
    if (kept || overdue()) return
    last = Date.now()
    if (last - told > 5000) { told = last; tabs.postMessage("active") }
  }

  const overdue = () => Date.now() - last >= limit

  function check() {
    if (!kept && overdue()) lock(true)
  }

  function lock(first) {
    if (guest) { document.querySelector("[data-leave]")?.requestSubmit(); return }
    focused = document.activeElement
    const open = document.querySelector("dialog[open]")
    if (open) open.close()
    kept = document.createDocumentFragment()
    kept.append(...document.body.childNodes)
    document.body.append(cover.content.cloneNode(true))
    const form = document.querySelector("form[data-unlock]")
    form.addEventListener("submit", unlock)
    form.elements.password.focus()
    if (first) { tabs.postMessage("locked"); send(form, []).catch(() => {}) }
  }

  function send(form, more) {
    const body = new FormData(form)
    body.delete("password")
    for (const [name, value] of more) body.set(name, value)
    return fetch(address, { method: "POST", body, headers: { Accept: "application/json" } })
  }

  async function unlock(event) {
    event.preventDefault()
    event.stopPropagation()
    const form = event.target, words = form.parentElement.querySelector("[role=alert]"), field = form.elements.password
    const say = (sentence) => { words.textContent = sentence; words.hidden = false; field.select() }
    let answer, said = {}
    try {
      answer = await send(form, [["password", field.value]])
      said = await answer.json()
    } catch { say(lost); return }
    if (said.gone) { location.assign(said.gone); return }
    if (!answer.ok) { say(said.error ?? lost); return }
    tabs.postMessage("open")
    open()
  }

  function open() {
    if (!kept) return
    document.body.replaceChildren(kept)
    kept = null
    last = Date.now()
    focused?.focus?.()
  }

  tabs.addEventListener("message", ({ data }) => {
    if (data === "active" && !kept) last = Date.now()
    if (data === "locked" && !kept) lock(false)
    if (data === "open") open()
  })
  for (const sign of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    addEventListener(sign, active, { passive: true, capture: true })
  }
  // A machine that slept, a tab that was away: asked before anything is seen or typed again.
  for (const sign of ["visibilitychange", "focus", "resume"]) addEventListener(sign, check, { capture: true })
  document.addEventListener("visibilitychange", check)
  // The way back never shows a page from before.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload() })
  setInterval(check, 1000)
}
