// A choice among many: what is typed in the field is asked of the desk, and the list below it shows what fits.
// What was chosen stays in the list.
const PAUSE = 250
const LINES = 8
let waiting, asking

const finderOf = (event) => event.target.closest?.(".finder")
const partsOf = (finder) => ["[data-find]", "select", "[role=status]"].map((part) => finder.querySelector(part))

async function find(finder) {
  const [field, select, status] = partsOf(finder)
  asking?.abort()
  asking = new AbortController()
  let found
  try {
    const answer = await fetch(field.dataset.find + encodeURIComponent(field.value.trim()), { signal: asking.signal })
    found = await answer.json()
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = status.dataset.lost
    return
  }
  const kept = [...select.options].filter((option) => option.selected || !option.value)
  const known = new Set(kept.map((option) => option.value))
  const others = found.results.filter((each) => !known.has(each.id)).map((each) => new Option(each.text, each.id))
  select.replaceChildren(...kept, ...others)
  // Open, so that what fits is seen while one types.
  select.size = Math.max(2, Math.min(select.length, LINES))
  status.textContent = found.pagination.more ? status.dataset.more : found.results.length ? "" : status.dataset.none
}

function close(finder) {
  const [field, select, status] = partsOf(finder)
  clearTimeout(waiting)
  asking?.abort()
  select.removeAttribute("size")
  field.value = status.textContent = ""
}

// Rows come and go, so the page listens for all of them; looking for something is no change of the story.
for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => {
    if (!event.target.matches("[data-find]")) return
    event.stopPropagation()
    if (kind === "change") return
    clearTimeout(waiting)
    waiting = setTimeout(find, PAUSE, finderOf(event))
  }, true)
}

document.addEventListener("keydown", (event) => {
  const finder = finderOf(event)
  if (!finder) return
  const [field, select] = partsOf(finder)
  if (event.key === "Escape") close(finder)
  if (event.key === "Enter") {
    event.preventDefault()
    if (event.target === select) close(finder)
  }
  if (event.key === "ArrowDown" && event.target === field) {
    event.preventDefault()
    select.focus()
  }
})
document.addEventListener("click", (event) => {
  if (event.target.matches(".finder select[size] *, .finder select[size]")) close(finderOf(event))
})
document.addEventListener("focusout", (event) => {
  const finder = finderOf(event)
  if (finder && !finder.contains(event.relatedTarget)) close(finder)
})
