// The story page: the address grows out of the headline, and nothing typed is lost to a click beside it.
const form = document.querySelector("form[data-story]")

if (form) {
  const headline = form.querySelector("#id_headline")
  const slug = form.querySelector("#id_slug")
  const short = (words) =>
    words.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}\s-]/gu, "").trim().replace(/[\s-]+/g, "-").slice(0, 80)
      .replace(/^-|-$/g, "")
  if (headline && slug && !slug.value && "fresh" in form.dataset) {
    let own = false
    slug.addEventListener("input", () => { own = true })
    headline.addEventListener("input", () => { if (!own) slug.value = short(headline.value) })
  }
  // A headline grows instead of scrolling.
  const grow = (field) => { field.style.height = "auto"; field.style.height = `${field.scrollHeight}px` }
  form.addEventListener("input", ({ target }) => { if (target.matches("textarea.grows")) grow(target) })
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".one-line")) event.preventDefault()
  })
  for (const field of form.querySelectorAll("textarea.grows")) grow(field)

  const state = document.querySelector("[data-save-state]")
  const mark = () => {
    if (document.body.classList.contains("unsaved")) return
    document.body.classList.add("unsaved")
    // What must leave the site at once does not wait for a save.
    if (state) state.textContent = state.dataset.unsaved
    for (const act of document.querySelectorAll(".panel form:not([action$='/pull/']) button")) act.disabled = true
  }
  form.addEventListener("input", mark)
  form.addEventListener("change", mark)
  if ("unsaved" in form.dataset) mark()
  let saving = false
  form.addEventListener("submit", () => { saving = true })
  addEventListener("beforeunload", (event) => {
    if (document.body.classList.contains("unsaved") && !saving) event.preventDefault()
  })
}
