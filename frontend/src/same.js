/** Whether two documents are the same text: the order of redactions on a word, and how words are cut into nodes, say nothing. */

/** @param {import("prosemirror-model").Node} one */
export function isSame(one, other) {
  return one.eq(other) || JSON.stringify(spelled(one.toJSON())) === JSON.stringify(spelled(other.toJSON()))
}

/** Content in one spelling: marks sorted, equal neighbours joined. */
export function spelled(node) {
  const marks = node.marks && [...node.marks].map((mark) => JSON.stringify(mark)).sort()
  const content = (node.content ?? []).map(spelled).reduce((joined, child) => {
    const last = joined[joined.length - 1]
    if (child.type === "text" && last?.type === "text" && `${child.marks}` === `${last.marks}`) last.text += child.text
    else joined.push(child)
    return joined
  }, [])
  return { type: node.type, attrs: node.attrs, marks, text: node.text, content }
}
