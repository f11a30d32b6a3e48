/** The leaves of a document, as the rule "a mark never slips" sees them. The same as in prose/covering.py. */

/**
 * Words or another leaf, cut to the range that was asked for.
 * @typedef {object} Leaf
 * @property {import("prosemirror-model").Node} node the whole leaf
 * @property {string} text its words; one sign that is no space for what is not words
 * @property {number} start
 * @property {number} end
 * @property {number} block where the content of its textblock (or parent) begins
 * @property {Set<string>} refs the redactions on it, those of marked containers around it included
 */

const NONE = new Set()

/** @param {import("prosemirror-model").Node} node */
export function refsOn(node) {
  const marks = node.marks.filter((mark) => mark.type.name === "redaction")
  return marks.length ? new Set(marks.map((mark) => mark.attrs.ref)) : NONE
}

const union = (one, other) => (other.size ? new Set([...one, ...other]) : one)

function wordsOf(node, from, to) {
  if (node.isText) return node.text.slice(from, to)
  return node.type.name === "hard_break" ? " " : "\ufffc"
}

function cut(node, at, start, end, block, refs) {
  const first = Math.max(at, start), last = Math.min(at + node.nodeSize, end)
  return { node, text: wordsOf(node, first - at, last - at), start: first, end: last, block, refs }
}

/** @returns {Leaf[]} the leaves of a range, in order */
export function leavesBetween(doc, start, end) {
  const found = []
  function walk(parent, at, block, inherited) {
    for (let i = 0; i < parent.childCount && at < end; i++) {
      const child = parent.child(i)
      if (at + child.nodeSize > start) {
        const refs = union(inherited, refsOn(child))
        if (child.isLeaf) found.push(cut(child, at, start, end, block, refs))
        else walk(child, at + 1, child.isInline ? block : at + 1, refs)
      }
      at += child.nodeSize
    }
  }
  if (start < end) walk(doc, 0, 0, NONE)
  return found
}

/** @returns {Leaf | null} the last leaf that begins before the position */
export function leafBefore(doc, position) {
  function look(parent, at, block, inherited) {
    const starts = []
    for (let i = 0; i < parent.childCount && at < position; i++) {
      starts.push([parent.child(i), at])
      at += parent.child(i).nodeSize
    }
    for (const [child, start] of starts.reverse()) {
      const refs = union(inherited, refsOn(child))
      if (child.isLeaf) return cut(child, start, start, position, block, refs)
      const found = look(child, start + 1, child.isInline ? block : start + 1, refs)
      if (found) return found
    }
    return null
  }
  return look(doc, 0, 0, NONE)
}

/** @returns {Leaf | null} the first leaf that ends after the position */
export function leafAfter(doc, position) {
  function look(parent, at, block, inherited) {
    for (let i = 0; i < parent.childCount; i++) {
      const child = parent.child(i)
      if (at + child.nodeSize > position) {
        const refs = union(inherited, refsOn(child))
        if (child.isLeaf) return cut(child, at, position, at + child.nodeSize, block, refs)
        const found = look(child, at + 1, child.isInline ? block : at + 1, refs)
        if (found) return found
      }
      at += child.nodeSize
    }
    return null
  }
  return look(doc, 0, 0, NONE)
}

/** Whether anything in the document is marked as hidden. */
export function hasMarks(doc) {
  let found = false
  doc.descendants((node) => {
    found = found || node.marks.some((mark) => mark.type.name === "redaction")
    return !found
  })
  return found
}
