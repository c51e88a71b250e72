// The story's facts as its page knows them: those that are saved, and the rows that are being written.
import { passagesOf } from "newsroom/passages"

const isLeaving = (row) => Boolean(row?.querySelector("[name$='-DELETE']:checked"))
const fill = (words, parts) => words.replace(/\{(\w+)\}/g, (_, name) => parts[name])
const cut = (words, length) => (words.length > length ? `${words.slice(0, length - 1).trimEnd()}…` : words)
// Words that a page puts between quotation marks: those that they hold become the inner ones (articles/quoting.py).
export const inner = (words) => words.replaceAll("“", "‘").replaceAll("”", "’")

let made = 0

// Later ones sort later, and no two pages make the same.
function newKey() {
  made += 1
  const chance = crypto.getRandomValues(new Uint32Array(1))[0].toString(36).padStart(7, "0")
  return `new-${Date.now().toString(36)}${made.toString(36).padStart(3, "0")}${chance}`
}

export class Ledger {
  constructor(words) {
    this.words = words
    this.saved = JSON.parse(document.getElementById("facts-to-tie")?.textContent || "[]")
    this.group = document.querySelector('[data-rows="facts"]')
    this.texts = new Map()
    this.read()
  }

  get mayAdd() {
    return Boolean(this.group?.querySelector("[data-add-row]"))
  }

  rows() {
    return this.group ? [...this.group.querySelectorAll(":scope .row")] : []
  }

  // Reads the rows anew: what is typed in them is what the bar and the marks say.
  read() {
    const rows = new Map()
    for (const row of this.rows()) {
      const key = row.querySelector("[name$='-key']")
      const id = row.querySelector("[name$='-id']")
      if (!id?.value && key && !key.value) key.value = newKey()
      rows.set(id?.value || key?.value, row)
    }
    const said = (row, name) => row?.querySelector(`[name$='-${name}']`)
    this.facts = this.saved.map((fact) => {
      const row = rows.get(fact.key)
      rows.delete(fact.key)
      const [statement, kind] = [said(row, "statement"), said(row, "kind")]
      return {
        ...fact, row,
        statement: statement ? statement.value.trim() : fact.statement,
        kindWord: kind ? kind.selectedOptions[0]?.text : fact.kindWord,
        reworded: Boolean(statement) && (statement.value.trim() !== fact.statement.trim() || kind.value !== fact.kind),
        leaving: isLeaving(row),
      }
    })
    let number = this.facts.filter((fact) => fact.number).length
    for (const [key, row] of rows) {
      const statement = said(row, "statement")?.value.trim() || ""
      if (statement) number += 1
      this.facts.push({
        key, row, statement, number: statement ? number : null, isNew: true,
        kindWord: said(row, "kind")?.selectedOptions[0]?.text || "",
        state: "unconfirmed", stateWord: this.words("unsaved"),
      })
    }
    this.byKey = new Map(this.facts.map((fact) => [fact.key, fact]))
  }

  // What each fact's passages say now.
  hear(doc) {
    this.texts = new Map([...passagesOf(doc)].map(([key, passages]) => [key, passages.map(({ words }) => words)]))
  }

  get(key) {
    return this.byKey.get(key)
  }

  knows(key) {
    return this.byKey.has(key)
  }

  // Facts to which words may be tied.
  offered() {
    return this.facts.filter((fact) => fact.number && fact.statement && !fact.leaving)
  }

  hasChanged(fact) {
    const now = (this.texts.get(fact.key) || []).join(" ")
    return Boolean(fact.confirmed) && (fact.reworded || now !== fact.stated)
  }

  state(fact) {
    return this.hasChanged(fact) ? this.words("changed") : fact.stateWord
  }

  appearance(key) {
    const fact = this.get(key)
    if (!fact) return { look: "unconfirmed", mark: "", about: "" }
    const parts = { number: fact.number, statement: fact.statement, kind: fact.kindWord, state: this.state(fact) }
    if (fact.state === "dropped") return { look: "dropped", mark: "–", about: fill(this.words("about-dropped"), parts) }
    const changed = this.hasChanged(fact)
    return {
      look: changed ? "changed" : fact.state,
      mark: fact.number ? `${fact.number}${changed ? "*" : ""}` : "",
      about: fill(this.words("about"), parts),
    }
  }

  // "3 · Rice rose in May. · event, confirmed"
  line(fact, length) {
    const number = document.createElement("span")
    const { look, mark } = this.appearance(fact.key)
    number.className = `fact-number ${look}`
    number.textContent = mark
    const state = document.createElement("span")
    state.className = "quiet"
    state.textContent = fact.state === "dropped" ? fact.stateWord : `${fact.kindWord}, ${this.state(fact)}`
    return [number, " ", cut(fact.statement, length), " ", state]
  }

  // A row for a fact of these words; its key. An empty row is taken first.
  add(words, kind) {
    let row = this.facts.find((fact) => fact.isNew && !fact.statement)?.row
    if (!row) {
      const asked = new CustomEvent("addrow", { detail: {} })
      this.group.dispatchEvent(asked)
      row = asked.detail.row
      this.read()
    }
    const [statement, choice] = ["statement", "kind"].map((name) => row.querySelector(`[name$='-${name}']`))
    choice.value = kind
    statement.value = words
    statement.dispatchEvent(new Event("input", { bubbles: true }))
    return row.querySelector("[name$='-key']").value
  }

  // Under each row: where the story states its fact; outside the body, as it was last saved.
  tell(remove) {
    for (const { row, ...fact } of this.facts) {
      const place = row?.querySelector("[data-stated]")
      if (!place) continue
      place.replaceChildren()
      if (!fact.statement) continue
      const passages = this.texts.get(fact.key) || []
      const { look, mark } = this.appearance(fact.key)
      const number = document.createElement("span")
      number.className = `fact-number ${look}`
      number.textContent = mark
      const elsewhere = fact.elsewhere || []
      place.append(number, " ", this.words(passages.length || elsewhere.length ? "stated" : "nowhere"))
      for (const [where, words] of [...passages.map((words) => ["", words]), ...elsewhere]) {
        const quoted = document.createElement("q")
        quoted.textContent = inner(cut(words, 140))
        place.append(" ", ...(where ? [where, " "] : []), quoted)
      }
      if (this.hasChanged(fact)) {
        const warned = document.createElement("strong")
        warned.className = "warn"
        warned.textContent = this.words("changed")
        place.append(" ", warned)
      }
      if (fact.isNew) {
        const button = document.createElement("button")
        button.type = "button"
        button.className = "plain"
        button.textContent = this.words("remove")
        button.addEventListener("click", () => remove(fact.key, row))
        place.append(" ", button)
      }
    }
  }
}
