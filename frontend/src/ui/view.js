/** The editor of one text, in the very element in which it is read. */
import { dropCursor } from "prosemirror-dropcursor"
import { gapCursor } from "prosemirror-gapcursor"
import { Fragment, Slice } from "prosemirror-model"
import { EditorState, Plugin } from "prosemirror-state"
import { EditorView } from "prosemirror-view"
import { onLeaves } from "../dress.js"
import { carriedPlugin } from "./carried.js"
import { updated } from "./current.js"
import { cursorPlugin } from "./cursors.js"
import { leave } from "./doing.js"
import { uploadPlugin } from "./figures.js"
import { keysFor } from "./keys.js"
import { redactionView, tagPlugin } from "./marks.js"
import { clicked, footnotePlugin, headingsBelow, nodeViewsFor, openNode } from "./nodes.js"
import { pickPlugin } from "./pick.js"
import { markdownRules } from "./rules.js"
import { tablePlugin } from "./tables.js"

const OURS = ["contenteditable", "role", "aria-multiline", "aria-label", "aria-activedescendant", "aria-controls", "aria-describedby", "spellcheck", "translate", "class", "style", "tabindex"]

function plugins(session) {
  const tables = session.schema.nodes.table ? [tablePlugin()] : []
  return [
    pickPlugin(), ...session.plugins(), markdownRules(session.schema), ...keysFor(session.schema), uploadPlugin(),
    ...tables, dropCursor({ color: false, class: "drop-cursor", width: 2 }), gapCursor(), tagPlugin(), footnotePlugin(), cursorPlugin(), carriedPlugin(), hearing(),
  ]
}

/** Tells the rest of the page of every change; keeps the sign of an empty text. */
function hearing() {
  return new Plugin({
    view: () => ({
      update: (view) => {
        view.dom.classList.toggle("blank", isBlank(view.state.doc))
        updated()
      },
    }),
  })
}

/** Whether no words stand in a text. */
export function isBlank(doc) {
  if (doc.textContent || doc.childCount > 1) return false
  let leaves = 0
  doc.descendants((node) => { leaves += node.isLeaf ? 1 : 0 })
  return leaves === 0 && (!doc.firstChild || doc.firstChild.type.name === "paragraph")
}

/** Put an editor of the session into the element; what it was before can be put back. */
export function editorIn(element, session) {
  const kept = OURS.map((name) => [name, element.getAttribute(name)])
  const isLine = session.kind === "line"
  const view = new EditorView({ mount: element }, {
    state: EditorState.create({ doc: session.doc, plugins: plugins(session) }),
    attributes: { role: "textbox", "aria-multiline": String(!isLine), "aria-label": element.dataset.name || session.name, spellcheck: "true", tabindex: "0" },
    nodeViews: nodeViewsFor(headingsBelow(element, session.doc)),
    markViews: { redaction: redactionView },
    scrollMargin: { top: 120, bottom: 80, left: 0, right: 0 },
    scrollThreshold: { top: 110, bottom: 70, left: 0, right: 0 },
    transformCopied: onLeaves, // HTML has no place for a mark around a cell, and a block that is cut open leaves its own behind
    transformPasted: onLeaves,
    transformPastedHTML: (html) => (isLine || !html.includes("data-pm-slice") ? window.cleanPaste(html, isLine) : html),
    clipboardTextParser: isLine ? (text, $at) => oneLine(text.replace(/\s*[\r\n]+\s*/g, " ").trim(), $at, session.schema) : undefined,
    handleClick: (view, pos, event) => clicked(view, pos, event),
    handleDoubleClickOn: (view) => openNode(view),
    handleDOMEvents: { click: keepLinks, keydown: beforeKeys },
  })
  session.attach(view)
  view.dom.classList.toggle("blank", isBlank(session.doc))
  const restore = () => {
    for (const [name, value] of kept) value === null ? element.removeAttribute(name) : element.setAttribute(name, value)
    element.removeAttribute("data-writes-hidden")
  }
  return { view, restore }
}

function keepLinks(_view, event) {
  if (event.target.closest?.("a[href]")) event.preventDefault()
  return false
}

/** Where words were refused nothing can be typed, and the library hears no key: the text can still be left. */
function beforeKeys(view, event) {
  if (view.editable) return readSelection(view, event)
  if (event.key !== "Escape" && event.key !== "Enter") return false
  event.preventDefault()
  return leave(view.state, view.dispatch)
}

/** A browser tells of a selection later than of the next key, which would be about words that were selected before. */
function readSelection(view, { keyCode }) {
  if (!view.composing && keyCode !== 229) view.domObserver.flush()
  return false
}

/** Several lines pasted into a line are joined. */
function oneLine(words, $at, schema) {
  const marks = $at.marks().filter((mark) => mark.type.name !== "redaction")
  return words ? new Slice(Fragment.from(schema.text(words, marks)), 0, 0) : Slice.empty
}
