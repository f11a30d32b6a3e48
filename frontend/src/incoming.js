/** What is pasted or dropped into a text, made fit for it: no sign that can't be stored, no redaction that the case does not know. */
import { Fragment, Slice } from "prosemirror-model"
import { Plugin } from "prosemirror-state"
import { exists } from "./asking.js"
import { refsOn } from "./leaves.js"
import { isFit } from "./writing.js"

// NUL, and half a pair: the server refuses a text that holds one.
const BAD_SIGNS = /[\u0000\p{Surrogate}]/gu
const clean = (text) => text.replace(BAD_SIGNS, "")

/** The textblocks of a slice as paragraphs, one after the other: what fits wherever paragraphs do. */
function flat(slice, schema) {
  const found = []
  slice.content.descendants((node) => {
    if (node.isTextblock && !node.isInline) found.push(schema.nodes.paragraph.create(null, node.content))
    return !node.inlineContent
  })
  return new Slice(Fragment.from(found), found.length && 1, found.length && 1)
}

/** Put a slice in place of the selection; flat, where it fits in no other way. */
export function pasted(state, slice) {
  const tr = state.tr.replaceSelection(slice)
  return isFit(tr) || !state.schema.nodes.paragraph ? tr : state.tr.replaceSelection(flat(slice, state.schema))
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
    if (!view.isDestroyed) view.dispatch(pasted(view.state, slice).scrollIntoView().setMeta("paste", true))
  }
  return new Plugin({
    props: {
      transformPastedText: clean,
      transformPastedHTML: clean,
      handlePaste(view, _event, slice) {
        const unknown = unknownIn(slice)
        const fits = isFit(view.state.tr.replaceSelection(slice))
        if (unknown.length || !fits) pasteLater(view, slice, unknown)
        return unknown.length > 0 || !fits
      },
      handleDrop(_view, _event, slice) {
        const unknown = unknownIn(slice)
        if (unknown.length) session.onForeign(unknown)
        return unknown.length > 0
      },
    },
  })
}
