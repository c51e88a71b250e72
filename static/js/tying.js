// Tying words to facts: a row of its own under the bar, all of it by keyboard, and a line that says what the words state.
import { inner } from "newsroom/ledger"
import { factsAt, inOrder, passageLooks, tiedPart, tieWords, untieWords, wordsAt } from "newsroom/passages"

const KINDS = ["event", "statement", "record"]

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

function press(word, act, attributes = {}) {
  const element = make("button", { type: "button", class: "prose-button", ...attributes }, ...[word].flat())
  element.addEventListener("click", act)
  return element
}

// The button for the bar, and what stands under the bar.
export function tying(editor, ledger, words) {
  const chosen = make("p", { class: "prose-chosen", id: "prose-chosen" })
  const list = make("ul", { class: "prose-facts" })
  const acts = make("div", { class: "prose-fact-acts" })
  const row = make("div", {
    class: "prose-fact-row", id: "prose-fact-row", role: "group", "aria-label": words("tying"),
    "aria-describedby": "prose-chosen", hidden: "",
  }, chosen, list, acts)
  const states = make("p", { class: "prose-states", "aria-live": "polite" })
  const button = press(words("fact"), () => (row.hidden ? show() : close()), {
    class: "prose-button prose-fact", "aria-expanded": "false", "aria-controls": row.id,
    "aria-keyshortcuts": "Control+Alt+F", title: "Ctrl+Alt+F",
  })
  let [target, cameFrom] = [null, null]

  // Shows which words are meant while the keyboard is elsewhere.
  function point() {
    if (!globalThis.CSS?.highlights) return
    CSS.highlights.delete("chosen")
    if (row.hidden) return
    const words = new Range()
    for (const [side, at] of [["setStart", target.from], ["setEnd", target.to]]) {
      const { node, offset } = editor.view.domAtPos(at)
      words[side](node, offset)
    }
    CSS.highlights.set("chosen", new Highlight(words))
  }

  function shut() {
    row.hidden = true
    states.hidden = false
    point()
    button.setAttribute("aria-expanded", "false")
  }

  // Back to the words as they were left.
  function close() {
    shut()
    editor.commands.setTextSelection(cameFrom)
    editor.view.focus()
  }

  // Done: the cursor stands behind the words, so that the next key does not write over them.
  function finish(tr) {
    shut()
    editor.view.dispatch(tr)
    editor.commands.setTextSelection(target.to)
    editor.view.focus()
  }

  function show() {
    target = wordsAt(editor.state)
    if (!target) return
    const { from, to } = editor.state.selection
    cameFrom = { from, to }
    editor.commands.setTextSelection(target)
    chosen.replaceChildren(words("tying"), " ", make("q", {}, inner(target.words)))
    const tied = (key) => tiedPart(editor.state, target, key)
    list.replaceChildren(...ledger.offered().map((fact) => make("li", {}, press(ledger.line(fact, 90), () => {
      const change = tied(fact.key) === "true" ? untieWords : tieWords
      finish(change(editor.state, target, fact.key))
    }, { "aria-pressed": tied(fact.key) }))))
    list.hidden = !list.children.length
    acts.replaceChildren()
    if (ledger.mayAdd) {
      acts.append(make("span", { class: "quiet", id: "prose-new-fact" }, words("new")))
      for (const kind of KINDS) {
        acts.append(press(words(`kind-${kind}`), () => {
          const key = ledger.add(target.words, kind)
          finish(tieWords(editor.state, target, key))
        }, { "data-kind": kind, "aria-describedby": "prose-new-fact" }))
      }
    }
    if (factsAt(editor.state).length) {
      acts.append(press(words("untie"), () => finish(untieWords(editor.state, target)), { "data-untie": "" }))
    }
    acts.append(press(words("close"), close, { class: "prose-button prose-close" }))
    row.hidden = false
    states.hidden = true // the row says it too
    point()
    button.setAttribute("aria-expanded", "true")
    row.querySelector("button").focus({ preventScroll: true })
    // The row may have come to lie over the words.
    const over = row.getBoundingClientRect().bottom - editor.view.coordsAtPos(target.from).top
    if (over > 0) scrollBy(0, -over - 8)
  }

  row.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); close() }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    const all = [...row.querySelectorAll("button")]
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus()
  })
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.code !== "KeyF" || !event.altKey || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    show()
  })

  let told = ""
  function tell() {
    const keys = factsAt(editor.state).filter((key) => ledger.knows(key))
    const now = keys.map((key) => [key, ledger.appearance(key).about]).join()
    if (told === now && states.children.length) return
    told = now
    states.replaceChildren(make("span", { class: "quiet" }, words(keys.length ? "tied" : "untied")))
    for (const key of keys) {
      const fact = ledger.get(key)
      const place = document.getElementById(`fact-${key}`) || fact.row
      states.append(" ", make(place ? "a" : "span", place ? { href: `#${place.id}` } : {}, ...ledger.line(fact, 60)))
    }
  }

  // What was typed in a row or in the text is said everywhere at once.
  function refresh() {
    ledger.read()
    ledger.hear(editor.state.doc)
    ledger.tell(remove)
    editor.view.dispatch(editor.state.tr.setMeta(passageLooks, true).setMeta("addToHistory", false))
  }

  function remove(key, gone) {
    editor.view.dispatch(untieWords(editor.state, { from: 0, to: editor.state.doc.content.size }, key))
    gone.remove()
    refresh()
    ledger.group.querySelector("[data-add-row]").focus()
    ledger.group.dispatchEvent(new Event("input", { bubbles: true }))
  }

  editor.on("update", refresh)
  editor.on("transaction", () => {
    button.disabled = !wordsAt(editor.state)
    tell()
  })
  for (const event of ["input", "change"]) ledger.group?.addEventListener(event, refresh)
  // Marks of facts that are not this story's are not shown, and go with the next save.
  editor.view.dispatch(inOrder(editor.state, ledger).setMeta("addToHistory", false).setMeta("preventUpdate", true))
  refresh()
  return { button, row, states, shut }
}
