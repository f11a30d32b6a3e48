/** What needs more than its schema's look while it is edited: headings as deep as on this page. */
import { NodeSelection } from "prosemirror-state"
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
