/** How hidden words stand in an open text: hatched, with the tag after them that the page shows too (prose/bars.py). */
import { Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"
import { el } from "./element.js"
import { isLifted, markOf, needMarks, onLegend } from "./legend.js"

const key = new PluginKey("tags")

/** The mark's element: plain where its redaction is lifted, hatched else, also while nothing is known of it yet. */
export function redactionView(mark) {
  const ref = mark.attrs.ref
  const state = markOf(ref)?.state ?? ""
  return { dom: el("span", isLifted(ref) ? { "data-refs": ref } : { class: "mark-redact", "data-refs": ref, "data-state": state }) }
}

/** Where the words of each redaction end: [reference, position]. */
export function endsOf(doc) {
  const ends = []
  doc.descendants((node, at, parent, index) => {
    if (!node.isLeaf && node.type.name !== "footnote") return
    const next = parent.maybeChild(index + 1)
    for (const mark of node.marks) {
      if (mark.type.name !== "redaction") continue
      if (!next || !mark.isInSet(next.marks)) ends.push([mark.attrs.ref, at + node.nodeSize])
    }
  })
  return ends
}

/** Whether the cursor stands at the end of hidden words and has left them: then it stands after their tag. */
function hasLeft(state, ref, at) {
  return state.selection.empty && state.selection.from === at && state.storedMarks && !state.storedMarks.some((mark) => mark.attrs.ref === ref)
}

function tags(state) {
  const ends = endsOf(state.doc)
  needMarks([...new Set(ends.map(([ref]) => ref))])
  const made = ends.filter(([ref]) => markOf(ref)).map(([ref, at]) => {
    const left = hasLeft(state, ref, at)
    return Decoration.widget(at, () => tag(ref), { side: left ? -1 : 1, marks: [], key: `${ref} ${left} ${markOf(ref).state}`, ignoreSelection: true })
  })
  return DecorationSet.create(state.doc, made)
}

function tag(ref) {
  const { label, address, state } = markOf(ref)
  const said = { proposed: " proposed", contested: " contested" }[state] ?? ""
  return el("a", { class: "mark-ref", "data-skip": "", href: address, "aria-label": `${ref}: ${label}`, contenteditable: "false", tabindex: "-1" }, ref, el("span", { class: "said-state" }, said))
}

/** Draws the tags, anew when the words or what is known of the marks change. */
export function tagPlugin() {
  return new Plugin({
    key,
    state: {
      init: (_, state) => tags(state),
      apply: (tr, old, before, state) => (tr.docChanged || tr.getMeta(key) || before.storedMarks !== state.storedMarks || !before.selection.eq(state.selection) ? tags(state) : old),
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => ({
      destroy: onLegend(() => {
        // another function each time, or what is drawn already would stay
        view.setProps({ markViews: { redaction: (mark) => redactionView(mark) } })
        view.dispatch(view.state.tr.setMeta(key, true).setMeta("addToHistory", false))
      }),
    }),
  })
}
