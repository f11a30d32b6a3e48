/** What is pasted or dropped into a text, made fit for it: no sign that can't be stored, nothing that the case does not have. */
import { Fragment, Slice } from "prosemirror-model"
import { Plugin } from "prosemirror-state"
import { exists, get } from "./asking.js"
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

/** What content names that must be there: redactions, citations, pictures. @returns {Map<string, string>} name → kind */
export function namesIn(content) {
  const found = new Map()
  content.descendants((node) => {
    for (const ref of refsOn(node)) found.set(ref, "redaction")
    if (node.type.name === "citation") found.set(node.attrs.ref, "citation")
    if (node.type.name === "image") found.set(node.attrs.file, "picture")
  })
  return found
}

/** Citations of these references as plain words. */
function asWords(slice, refs) {
  if (!refs.size) return slice
  const fit = (fragment) => {
    const nodes = []
    fragment.forEach((node) => {
      const isGone = node.type.name === "citation" && refs.has(node.attrs.ref)
      nodes.push(isGone ? node.type.schema.text(node.attrs.ref, node.marks) : node.copy(node.isText ? node.text : fit(node.content)))
    })
    return Fragment.fromArray(nodes)
  }
  return new Slice(fit(slice.content), slice.openStart, slice.openEnd)
}

const isThere = {
  redaction: (base, ref) => exists(`${base}redactions/${ref}/`),
  picture: (base, file) => exists(`${base}pictures/${file}`),
  citation: async (base, ref) => (await get(`${base}pick/?q=${ref}`)).said.rows?.some((row) => row.ref === ref) ?? false,
}

/**
 * What names something that is not in this text is taken in once the server says that the case has it. Else words that are hidden
 * stay out, for without their mark they would be shown, and so do pictures; citations become plain words.
 * @param {import("./session.js").TextSession} session
 * @returns {Plugin}
 */
export function incoming(session) {
  const known = new Set()
  function unknownIn(slice) {
    const here = namesIn(session.doc)
    return [...namesIn(slice.content)].filter(([name]) => !known.has(name) && !here.has(name))
  }
  async function pasteLater(view, slice, unknown) {
    const answers = await Promise.all(unknown.map(([name, kind]) => isThere[kind](session.base, name)))
    unknown.forEach(([name], i) => { if (answers[i]) known.add(name) })
    const foreign = unknown.filter((_, i) => !answers[i])
    const kept = foreign.filter(([, kind]) => kind !== "citation").map(([name]) => name)
    if (kept.length) return session.onForeign(kept)
    const fitting = asWords(slice, new Set(foreign.map(([name]) => name)))
    if (!view.isDestroyed) view.dispatch(pasted(view.state, fitting).scrollIntoView().setMeta("paste", true))
  }
  return new Plugin({
    props: {
      transformPastedText: clean,
      transformPastedHTML: clean,
      handlePaste(view, _event, slice) {
        const unknown = unknownIn(slice)
        const isLater = unknown.length > 0 || !isFit(view.state.tr.replaceSelection(slice))
        if (isLater) pasteLater(view, slice, unknown)
        return isLater
      },
      handleDrop(_view, _event, slice) {
        const unknown = unknownIn(slice).map(([name]) => name)
        if (unknown.length) session.onForeign(unknown)
        return unknown.length > 0
      },
    },
  })
}
