// Adds a row to a group of rows (facts, photos, links …). Without this script each group has one empty row.
for (const group of document.querySelectorAll("[data-rows]")) {
  const prefix = group.dataset.rows
  const template = group.querySelector("template")
  const add = group.querySelector("[data-add-row]")
  const total = group.querySelector(`[name="${prefix}-TOTAL_FORMS"]`)
  if (!template || !add || !total) continue
  add.hidden = false
  const addRow = () => {
    const number = total.value
    const holder = document.createElement("div")
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", number)
    const row = holder.firstElementChild
    add.before(row)
    total.value = Number(number) + 1
    return row
  }
  add.addEventListener("click", () => {
    addRow().querySelector("input:not([type=hidden]), select, textarea")?.focus()
    group.dispatchEvent(new Event("input", { bubbles: true }))
  })
  // Another script of the page asks for a row, and fills it itself.
  group.addEventListener("addrow", (event) => { event.detail.row = addRow() })
}

// A link to something inside a closed group opens it.
function reveal() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!target) return
  if (target.matches("details")) target.open = true
  for (let above = target.closest("details"); above; above = above.parentElement.closest("details")) above.open = true
  target.querySelector(":scope > details")?.setAttribute("open", "")
  target.scrollIntoView()
}
addEventListener("hashchange", reveal)
reveal()
