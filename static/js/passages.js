// Passages: words of the body that state a fact, as the editor holds them. The stored mark is told in articles/bodies.py.
import { Mark, Plugin, pm } from "django-prose-editor/editor"

const { Decoration, DecorationSet } = pm.view
const { PluginKey } = pm.state

const KEY = /^(?:[1-9][0-9]{0,17}|new-[0-9a-z]{1,32})$/
const ENDS = /[.!?…。？！]["'”’»」』)\]]*\s*$/
// After these a full stop ends no sentence.
const SHORT = /(?:^|[\s(“‘])(?:Mrs?|Ms|Dr|Prof|Gen|Col|Lt|Capt|Sgt|St|No|Nos|vs|cf|[Aa]pprox|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z])\.$/

export const squeeze = (words) => words.split(/\s+/u).filter(Boolean).join(" ").normalize("NFC")

// Saved facts first, by their number: one order for marks on the same words, so that equal ties are equal marks.
function before(one, other) {
  const [a, b] = [one, other].map((key) => (key.startsWith("new-") ? Infinity : Number(key)))
  return a === b ? (one < other ? -1 : 1) : a - b
}

const factMarks = (node) => (node?.marks || []).filter((mark) => mark.type.name === "fact")
const keysOf = (node) => factMarks(node).map((mark) => mark.attrs.fact)

// The passages of each fact, in the order of the text: key -> [{ from, to, words }]. A passage ends with its block.
export function passagesOf(doc) {
  const found = new Map()
  doc.descendants((block, start) => {
    if (!block.isTextblock) return true
    let open = new Map()
    block.forEach((node, offset) => {
      const from = start + 1 + offset
      const broken = node.type.name === "hardBreak"
      const keys = broken ? [...open.keys()] : keysOf(node)
      const next = new Map()
      for (const key of keys) {
        let passage = open.get(key)
        if (!passage) {
          passage = { from, to: from, words: "" }
          if (!found.has(key)) found.set(key, [])
          found.get(key).push(passage)
        }
        if (!broken) passage.to = from + node.nodeSize
        passage.words += broken ? " " : node.text || ""
        next.set(key, passage)
      }
      open = next
    })
    return false
  })
  for (const passages of found.values()) for (const passage of passages) passage.words = squeeze(passage.words)
  return found
}

// Where the sentences of a line begin and end, white space around them left out. Inside a quotation none ends.
export function sentencesOf(text) {
  const depth = (part) => (part.match(/[“「『«]/gu) || []).length - (part.match(/[”」』»]/gu) || []).length
  const balanced = depth(text) === 0
  const borders = []
  for (const end of text.matchAll(/\n|[.!?…。？！]+["'”’»」』)\]]*(?=\s|$)/gu)) {
    const at = end.index + end[0].length
    const [head, tail] = [text.slice(0, at), text.slice(at).trimStart()]
    if (end[0] !== "\n" && (SHORT.test(head) || /^\p{Ll}/u.test(tail) || (balanced && depth(head) > 0))) continue
    borders.push(at)
  }
  const found = []
  let start = 0
  for (const at of [...borders, text.length]) {
    const part = text.slice(start, at)
    const from = start + part.length - part.trimStart().length
    if (part.trim()) found.push({ from, to: from + part.trim().length })
    start = at
  }
  return found
}

// The words to tie: three or more within a sentence as they are, anything else as the whole sentences that it touches.
export function wordsAt(state) {
  const { from, to, empty } = state.selection
  let [start, end, sentences, whole] = [Infinity, -1, 0, false]
  state.doc.nodesBetween(from, to, (block, at) => {
    if (!block.isTextblock) return true
    const first = at + 1
    for (const sentence of sentencesOf(block.textBetween(0, block.content.size, null, "\n"))) {
      const [head, tail] = [first + sentence.from, first + sentence.to]
      // A selection that ends where a sentence begins does not touch it.
      if (empty ? head > from || tail < from : head >= to || tail <= from) continue
      if (empty && start < Infinity) [start, end] = [head, tail] // between two sentences: the one before has its space
      start = Math.min(start, head)
      end = Math.max(end, tail)
      sentences += 1
      whole = head <= from && to <= tail
    }
    return false
  })
  if (end < 0) return null
  const words = state.doc.textBetween(from, to, " ", " ")
  if (sentences === 1 && whole && squeeze(words).split(" ").length >= 3) {
    start = from + words.length - words.trimStart().length
    end = start + words.trim().length
  }
  return { from: start, to: end, words: squeeze(state.doc.textBetween(start, end, " ", " ")) }
}

// Which facts the words beside the cursor state; of a selection, all that any of its words state.
export function factsAt(state) {
  const { $cursor, from, to } = state.selection
  if ($cursor) {
    const node = $cursor.textOffset ? $cursor.parent.child($cursor.index()) : $cursor.nodeBefore || $cursor.nodeAfter
    return node ? keysOf(node) : []
  }
  const keys = new Set()
  state.doc.nodesBetween(from, to, (node) => { for (const key of keysOf(node)) keys.add(key) })
  return [...keys].sort(before)
}

export function tieWords(state, { from, to }, key) {
  return state.tr.addMark(from, to, state.schema.marks.fact.create({ fact: key }))
}

export function untieWords(state, { from, to }, key) {
  const { fact } = state.schema.marks
  return state.tr.removeMark(from, to, key ? fact.create({ fact: key }) : fact)
}

// Which part of the words states the fact: "true", "mixed" or "false", as aria-pressed says it.
export function tiedPart(state, { from, to }, key) {
  let [all, some] = [true, false]
  state.doc.nodesBetween(from, to, (node) => {
    if (!node.isText) return
    if (keysOf(node).includes(key)) some = true
    else if (node.text.trim()) all = false
  })
  return some ? (all ? "true" : "mixed") : "false"
}

// Marks in their one order, and none of a fact that this story does not have.
export function inOrder(state, ledger) {
  const { tr } = state
  const { fact } = state.schema.marks
  state.doc.descendants((node, at) => {
    if (!node.isInline) return
    const keys = keysOf(node)
    const wanted = [...new Set(keys)].filter((key) => ledger.knows(key)).sort(before)
    if (keys.join() === wanted.join()) return
    tr.removeMark(at, at + node.nodeSize, fact)
    for (const key of wanted) tr.addMark(at, at + node.nodeSize, fact.create({ fact: key }))
  })
  return tr
}

// Who goes on writing a sentence writes on in its passage; after the full stop the passage is over.
function carriedOn({ selection: { $cursor }, storedMarks }) {
  const last = $cursor && !storedMarks && !$cursor.textOffset && $cursor.nodeBefore
  return last && last.isText && !ENDS.test(last.text) ? factMarks(last) : []
}

// How each passage looks: its line tells the state, the small number after it the fact.
function looks(doc, ledger) {
  const shown = []
  for (const [key, passages] of passagesOf(doc)) {
    const { look, mark, about } = ledger.appearance(key)
    for (const { from, to } of passages) {
      doc.nodesBetween(from, to, (node, at) => {
        if (!node.isText) return
        const end = at + node.nodeSize
        const number = end >= to ? { "data-number": mark } : {}
        shown.push(Decoration.inline(Math.max(at, from), Math.min(end, to), {
          nodeName: "span", class: `passage ${look}`, title: about, ...number,
        }))
      })
    }
  }
  return DecorationSet.create(doc, shown)
}

export const passageLooks = new PluginKey("passages")

export const Fact = Mark.create({
  name: "fact",
  priority: 2000, // outside of bold, italic and links: a passage is cut by none of them
  inclusive: false,
  excludes: "",
  keepOnSplit: false,
  addOptions: () => ({ ledger: null }),
  addAttributes: () => ({
    fact: {
      default: null,
      parseHTML: (element) => element.dataset.fact,
      renderHTML: ({ fact }) => ({ "data-fact": fact }),
    },
  }),
  parseHTML: () => [{ tag: "span[data-fact]", getAttrs: (element) => KEY.test(element.dataset.fact) && null }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
  addProseMirrorPlugins() {
    const { ledger } = this.options
    return [new Plugin({
      key: passageLooks,
      state: {
        init: (_, { doc }) => looks(doc, ledger),
        apply: (tr, shown) => (tr.docChanged || tr.getMeta(passageLooks) ? looks(tr.doc, ledger) : shown),
      },
      props: {
        decorations: (state) => passageLooks.getState(state),
        // What is typed over words of a passage is of that passage, at its end too; so are syllables while they grow.
        handleTextInput(view, from, to, text, usual) {
          const over = view.state.doc.resolve(from).nodeAfter
          const marks = from < to ? factMarks(over) : carriedOn(view.state)
          if (!marks.length) return false
          const tr = usual()
          for (const mark of marks) tr.addMark(from, from + text.length, mark)
          view.dispatch(tr)
          return true
        },
        handleDOMEvents: {
          // An input method writes where the marks are when it begins.
          compositionstart(view) {
            const marks = view.composing ? [] : carriedOn(view.state)
            const all = marks.reduce((set, mark) => mark.addToSet(set), view.state.selection.$from.marks())
            if (marks.length) view.dispatch(view.state.tr.setStoredMarks(all))
            return false
          },
        },
      },
      appendTransaction(transactions, _, state) {
        const tr = transactions.some((each) => each.docChanged) && inOrder(state, ledger)
        return tr && tr.docChanged ? tr : null
      },
    })]
  },
})
