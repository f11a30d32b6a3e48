/** What needs more than its schema's look while it is edited: headings as deep as on this page. */
import { NodeSelection, Plugin } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"
import { askAlt } from "./figures.js"
import { askFormula } from "./formula.js"
import { addressOf } from "./page.js"

/** How much deeper a text's headings stand in its element than they say. */
export function headingsBelow(element, doc) {
  const levels = []
  doc.forEach((node) => { if (node.type.name === "heading") levels.push(node.attrs.level) })
  return Number(element.dataset.below || 1) + 1 - Math.min(...(levels.length ? levels : [2]))
}

/** Views of nodes for one text. */
export function nodeViewsFor(below) {
  const heading = (node) => {
    const dom = document.createElement(`h${Math.max(2, Math.min(6, node.attrs.level + below))}`)
    dom.dataset.level = node.attrs.level
    return { dom, contentDOM: dom, update: (now) => now.type === node.type && now.attrs.level === node.attrs.level }
  }
  return { heading }
}

/** A click in an open text: with Ctrl or ⌘ links and citations are followed, tags of hidden words always, in a tab of their own. */
export function clicked(view, _pos, event) {
  const link = event.target.closest?.("a[href], .cite")
  if (!link || !view.dom.contains(link)) return false
  event.preventDefault()
  if (!event.ctrlKey && !event.metaKey && !link.matches(".mark-ref")) return false
  window.open(link.getAttribute("href") ?? addressOf(link.dataset.ref), "_blank", "noopener,noreferrer")
  return true
}

/** What a selected leaf is asked for: Enter or a double click on it. */
export function openNode(view) {
  const { selection } = view.state
  if (!(selection instanceof NodeSelection)) return false
  const { name } = selection.node.type
  if (name === "formula" || name === "formula_block") askFormula(view)
  else if (name === "image") askAlt(view)
  else if (name === "citation") window.open(addressOf(selection.node.attrs.ref), "_blank", "noopener")
  else return false
  return true
}

/**
 * A footnote stands in the line, and browsers do not tell its end from what follows: a sign of no width does,
 * and what is typed at its border goes where the cursor stands.
 */
export function footnotePlugin() {
  const ends = (doc) => {
    const made = []
    doc.descendants((node, at) => {
      if (node.type.name === "footnote") made.push(Decoration.widget(at + node.nodeSize, noteEnd, { side: -1, marks: [] }))
    })
    return DecorationSet.create(doc, made)
  }
  return new Plugin({
    state: { init: (_, { doc }) => ends(doc), apply: (tr, had) => (tr.docChanged ? ends(tr.doc) : had) },
    props: {
      decorations(state) { return this.getState(state) },
      handleKeyPress(view, event) {
        const { $cursor } = view.state.selection
        const isBorder = $cursor && [$cursor.nodeBefore, $cursor.nodeAfter, $cursor.parent].some((node) => node?.type.name === "footnote")
        if (!isBorder || event.key.length !== 1 || event.ctrlKey || event.metaKey) return false
        const { from, to } = view.state.selection
        const put = () => view.state.tr.insertText(event.key, from, to).scrollIntoView()
        if (!view.someProp("handleTextInput", (handle) => handle(view, from, to, event.key, put))) view.dispatch(put())
        return true
      },
    },
  })
}

function noteEnd() {
  const sign = document.createElement("span")
  sign.className = "note-end"
  sign.contentEditable = "false"
  return sign
}
