// An act is sent once, however often it is clicked.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return
  const form = event.target
  if (form.dataset.sent) { event.preventDefault(); return }
  form.dataset.sent = "yes"
  addEventListener("pageshow", () => { delete form.dataset.sent }, { once: true })
})
