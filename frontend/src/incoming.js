/** What is pasted or dropped into a text, made fit for it: no sign that can't be stored, no redaction that the case does not know. */
import { Fragment, Slice } from "prosemirror-model"
import { Plugin } from "prosemirror-state"
import { exists } from "./asking.js"
import { refsOn } from "./leaves.js"

// NUL, and half a pair: the server refuses a text that holds one.
const BAD_SIGNS = /[\u0000\p{Surrogate}]/gu
const clean = (text) => text.replace(BAD_SIGNS, "")
const isHidden = (mark) => mark.type.name === "redaction"
const laid = (marks, on) => marks.reduce((set, mark) => mark.addToSet(set), on)

/** The slice with its redactions on words and other leaves alone, and on none of what holds them. */
export function onLeaves(slice) {
  function fit(fragment, around) {
    const nodes = []
    fragment.forEach((node) => {
      const hidden = laid(node.marks.filter(isHidden), around)
      if (node.isLeaf) return nodes.push(node.mark(laid(hidden, node.marks)))
      return nodes.push(node.copy(fit(node.content, hidden)).mark(node.marks.filter((mark) => !isHidden(mark))))
    })
    return Fragment.fromArray(nodes)
  }
  return new Slice(fit(slice.content, []), slice.openStart, slice.openEnd)
}

/** The redactions that stand in content. @returns {Set<string>} */
export function refsIn(content) {
  const found = new Set()
  content.descendants((node) => refsOn(node).forEach((ref) => found.add(ref)))
  return found
}

/**
 * Words that are hidden under a redaction unknown here are taken in once the server says that the case has it, and else not at all:
 * without their mark they would be shown.
 * @param {import("./session.js").TextSession} session
 * @returns {Plugin}
 */
export function incoming(session) {
  const known = new Set()
  function unknownIn(slice) {
    const here = refsIn(session.doc)
    return [...refsIn(slice.content)].filter((ref) => !known.has(ref) && !here.has(ref))
  }
  async function pasteLater(view, slice, unknown) {
    for (const ref of unknown) if (await exists(`${session.base}redactions/${ref}/`)) known.add(ref)
    const foreign = unknown.filter((ref) => !known.has(ref))
    if (foreign.length) return session.onForeign(foreign)
    if (!view.isDestroyed) view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta("paste", true))
  }
  return new Plugin({
    props: {
      transformPastedText: clean,
      transformPastedHTML: clean,
      transformPasted: onLeaves,
      handlePaste(view, _event, slice) {
        const unknown = unknownIn(slice)
        if (unknown.length) pasteLater(view, slice, unknown)
        return unknown.length > 0
      },
      handleDrop(_view, _event, slice) {
        const unknown = unknownIn(slice)
        if (unknown.length) session.onForeign(unknown)
        return unknown.length > 0
      },
    },
  })
}
