/** Slices with more marks than they had: on the words and other leaves that they insert, and on nothing that holds those. */
import { Fragment, Slice } from "prosemirror-model"

/** @typedef {{start: number, end: number, ref: string}} Due a redaction that is due on a range of the document */

const isHidden = (mark) => mark.type.name === "redaction"
const laid = (marks, on) => marks.reduce((set, mark) => mark.addToSet(set), on)

/** The slice with the redactions of containers on the leaves in them; the same slice if there are none. */
export function onLeaves(slice) {
  let changed = false
  function fit(fragment, around) {
    const nodes = []
    fragment.forEach((node) => {
      const hidden = laid(node.marks.filter(isHidden), around)
      changed = changed || (!node.isLeaf && hidden.length > 0)
      if (node.isLeaf) nodes.push(node.mark(laid(hidden, node.marks)))
      else nodes.push(node.copy(fit(node.content, hidden)).mark(node.marks.filter((mark) => !isHidden(mark))))
    })
    return Fragment.fromArray(nodes)
  }
  const made = fit(slice.content, [])
  return changed ? new Slice(made, slice.openStart, slice.openEnd) : slice
}

/**
 * The slice with the marks that are due.
 * @param {(at: number) => number} place where a position of the slice stands in the document
 * @param {Due[]} due
 */
export function dressed(slice, place, due) {
  function dress(fragment, start) {
    const nodes = []
    fragment.forEach((node, offset) => {
      const at = start + offset
      if (node.isLeaf) nodes.push(...pieces(node, place(at), due))
      else nodes.push(node.copy(dress(node.content, at + 1)))
    })
    return Fragment.fromArray(nodes)
  }
  return new Slice(dress(slice.content, -slice.openStart), slice.openStart, slice.openEnd)
}

/** A leaf that stands at a place, cut where marks begin and end. */
function pieces(node, at, due) {
  const size = node.nodeSize
  const here = due.filter(({ start, end }) => start < at + size && end > at)
  const ends = here.flatMap(({ start, end }) => [start - at, end - at]).filter((cut) => cut > 0 && cut < size)
  const cuts = [...new Set([0, size, ...ends])].sort((one, other) => one - other)
  return cuts.slice(1).map((end, i) => {
    const piece = node.isText ? node.cut(cuts[i], end) : node
    const refs = here.filter((one) => one.start <= at + cuts[i] && one.end >= at + end).map(({ ref }) => ref).sort()
    return piece.mark(refs.reduce((marks, ref) => node.type.schema.marks.redaction.create({ ref }).addToSet(marks), piece.marks))
  })
}
