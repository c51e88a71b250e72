// The field in which a story is written. Its marks are those that may be printed (articles/bodies.py).
// The editor injects no style sheet of its own: the desk's policy would refuse it, and static/css/desk/prose.css has it.
import {
  Blockquote, Bold, BulletList, Document, Editor, HardBreak, Heading, History, HorizontalRule, Italic, Link, ListItem,
  OrderedList, Paragraph, Text,
} from "django-prose-editor/editor"
import { Ledger } from "newsroom/ledger"
import { Fact } from "newsroom/passages"
import { tying } from "newsroom/tying"

const EXTENSIONS = [
  Document, Paragraph, Text, Bold, Italic, Blockquote, BulletList, OrderedList.configure({ enableListAttributes: false }),
  ListItem, HorizontalRule, HardBreak, History, Heading.configure({ levels: [2, 3] }),
  Link.configure({ openOnClick: false, enableTarget: false, protocols: ["mailto"] }),
]

const BUTTONS = [
  ["bold", (chain) => chain.toggleBold(), (editor) => editor.isActive("bold")],
  ["italic", (chain) => chain.toggleItalic(), (editor) => editor.isActive("italic")],
  ["heading2", (chain) => chain.toggleHeading({ level: 2 }), (editor) => editor.isActive("heading", { level: 2 })],
  ["heading3", (chain) => chain.toggleHeading({ level: 3 }), (editor) => editor.isActive("heading", { level: 3 })],
  ["quote", (chain) => chain.toggleBlockquote(), (editor) => editor.isActive("blockquote")],
  ["bullets", (chain) => chain.toggleBulletList(), (editor) => editor.isActive("bulletList")],
  ["numbers", (chain) => chain.toggleOrderedList(), (editor) => editor.isActive("orderedList")],
  ["rule", (chain) => chain.setHorizontalRule(), null],
  ["undo", (chain) => chain.undo(), null],
]

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

function button(name, word, act) {
  const element = make("button", { type: "button", class: `prose-button prose-${name}` }, word)
  element.addEventListener("click", act)
  return element
}

// Asks for the address in a row of its own under the bar: nothing floats over the text.
function linkRow(editor, words, link) {
  const input = make("input", {
    type: "text", inputmode: "url", id: "prose-address", "aria-label": words("address"), placeholder: "https://",
  })
  const row = make("div", { class: "prose-link-row", hidden: "" }, input)
  const close = () => { row.hidden = true; link.setAttribute("aria-expanded", "false"); editor.commands.focus() }
  const apply = () => {
    const href = input.value.trim()
    const chain = editor.chain().focus().extendMarkRange("link")
    if (href) chain.setLink({ href }).run()
    else chain.unsetLink().run()
    close()
  }
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); apply() }
    if (event.key === "Escape") close()
  })
  row.append(
    button("apply", words("apply"), apply),
    button("unlink", words("unlink"), () => { input.value = ""; apply() }),
    button("close", words("close"), close),
  )
  link.setAttribute("aria-expanded", "false")
  link.addEventListener("click", () => {
    if (editor.state.selection.empty && !editor.isActive("link")) { editor.commands.focus(); return }
    input.value = editor.getAttributes("link").href || ""
    row.hidden = false
    link.setAttribute("aria-expanded", "true")
    input.focus()
    // The row may have come to lie over the words.
    const hidden = row.getBoundingClientRect().bottom - editor.view.coordsAtPos(editor.state.selection.from).top
    if (hidden > 0) scrollBy(0, -hidden - 8)
  })
  return row
}

function open(textarea) {
  const words = (name) => textarea.getAttribute(`data-word-${name}`)
  const box = make("div", { class: "prose" })
  textarea.before(box)
  const ledger = new Ledger(words)
  const editor = new Editor({
    element: box,
    extensions: [...EXTENSIONS, Fact.configure({ ledger })],
    content: textarea.value,
    editable: !textarea.disabled && !textarea.readOnly,
    injectCSS: false,
    editorProps: {
      attributes: {
        class: "prose-text", role: "textbox", "aria-multiline": "true", "aria-label": words("text"),
        spellcheck: "false", translate: "no",
      },
    },
    onUpdate({ editor: changed }) {
      textarea.value = changed.isEmpty ? "" : changed.getHTML()
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
  const bar = make("div", { class: "prose-bar", role: "toolbar", "aria-label": words("bar") })
  const shown = BUTTONS.map(([name, act, active]) => {
    const element = button(name, words(name), () => act(editor.chain().focus()).run())
    bar.append(element)
    return [element, active]
  })
  const link = button("link", words("link"), () => {})
  bar.lastElementChild.before(link)
  shown.push([link, (current) => current.isActive("link")])
  const ties = tying(editor, ledger, words)
  bar.lastElementChild.before(ties.button)
  const refresh = () => {
    for (const [element, active] of shown) if (active) element.setAttribute("aria-pressed", String(active(editor)))
    link.disabled = editor.state.selection.empty && !editor.isActive("link")
  }
  editor.on("transaction", refresh)
  refresh()
  // They stay in sight together: what is linked stands under the address.
  const address = linkRow(editor, words, link)
  link.addEventListener("click", ties.shut)
  ties.button.addEventListener("click", () => { if (!ties.row.hidden) address.hidden = true })
  box.prepend(make("div", { class: "prose-tools" }, bar, address, ties.row, ties.states))
  textarea.hidden = true
  // A link to "what lacks" (#id_body) leads to the editor, not to the hidden field.
  box.id = textarea.id
  textarea.id = `${box.id}_source`
  document.querySelector(`label[for="${box.id}"]`)?.addEventListener("click", () => editor.commands.focus())
  if (location.hash === `#${box.id}`) box.scrollIntoView()
}

for (const textarea of document.querySelectorAll("textarea[data-prose]")) open(textarea)
