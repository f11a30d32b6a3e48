/** Selected words of the open text, in positions that the server knows: static/js/positions.js answers for it too. */
import { Selection } from "prosemirror-state"
import { carriedIn, carry } from "./carried.js"
import { opened } from "./current.js"

/** Begin to carry the selected words: a dialog is about them. */
export function trackSelection() {
  const open = opened()
  if (!open) return
  const { from, to } = open.view.state.selection
  carry(open.view, { about: { from, to } })
}

/** Where the words stand now that the dialog is about, for the server; once everything is sent. `from === to`: they are gone. */
export function trackedNow() {
  const open = opened()
  const about = open && carriedIn(open.view.state).about
  return about ? placed(open, about.from, about.to) : null
}

/** The cursor goes to the end of the words, and after what was cited there, so that the next key does not type over them. */
export function goAfter({ view }, ref) {
  const { doc, selection, tr } = view.state
  let end = selection.to
  doc.nodesBetween(end, Math.min(end + 3, doc.content.size), (node, at) => {
    if (node.type.name === "citation" && node.attrs.ref === ref) end = at + 1
  })
  view.dispatch(tr.setSelection(Selection.near(doc.resolve(end), -1)))
}

function placed({ key, session }, from, to) {
  const [start, end] = [session.placeForOthers(from), session.placeForOthers(to)]
  return { text: key, version: start.version, from: start.position, to: end.position }
}

const LEAVES = { hard_break: () => " ", citation: (node) => node.attrs.ref, formula: (node) => node.attrs.tex, formula_block: (node) => node.attrs.tex, image: (node) => (node.attrs.alt ? `[${node.attrs.alt}]` : " ") }

function domRange(view, from, to) {
  const range = document.createRange()
  const start = view.domAtPos(from, 1), end = view.domAtPos(to, -1)
  range.setStart(start.node, start.offset)
  range.setEnd(end.node, end.offset)
  return range
}

function selected() {
  const open = opened()
  const selection = document.getSelection()
  if (!open || !selection?.anchorNode || !open.view.dom.contains(selection.anchorNode)) return undefined
  const { state } = open.view
  const { from, to, empty } = state.selection
  if (empty) return null
  const quote = state.doc.textBetween(from, to, " ", (node) => LEAVES[node.type.name]?.(node) ?? " ").replace(/\s+/g, " ").trim()
  return { ...placed(open, from, to), quote, clamped: false, range: domRange(open.view, from, to) }
}

/** Positions of the open text as it stands in the editor (cards.js carries them), as a range of the page. */
function rangeOf({ view }, from, to) {
  return from < to && to <= view.state.doc.content.size ? domRange(view, from, to) : null
}

/** From now on positions answers for both: closed texts by their HTML, the open one by its editor. */
export function startWords() {
  const closed = window.positions
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-opens]")) trackSelection() }, true)
  window.positions = {
    selectionRange: () => {
      const found = selected()
      return found === undefined ? closed.selectionRange() : found
    },
    rangeOf: (text, from, to) => (opened()?.key === text ? rangeOf(opened(), Number(from), Number(to)) : closed.rangeOf(text, from, to)),
  }
}
