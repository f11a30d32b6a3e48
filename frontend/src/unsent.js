/** Words that were typed and not accepted, to be copied by whoever typed them. */

const leafWords = (node) => (node.type.name === "hard_break" ? "\n" : node.attrs.ref ?? node.attrs.tex ?? node.attrs.alt ?? "")

/**
 * What steps inserted, as it stands in the end.
 * @param {readonly import("prosemirror-transform").Step[]} steps the last ones that led to the document
 * @param {import("prosemirror-model").Node} doc
 */
export function wordsOf(steps, doc) {
  let ranges = []
  for (const step of steps) {
    const map = step.getMap()
    ranges = ranges.map(([from, to]) => [map.map(from, 1), map.map(to, -1)]).filter(([from, to]) => from < to)
    map.forEach((_oldStart, _oldEnd, from, to) => { if (from < to) ranges.push([from, to]) })
  }
  return joined(ranges).map(([from, to]) => doc.textBetween(from, to, "\n", leafWords)).filter((words) => words.trim()).join("\n")
}

function joined(ranges) {
  const found = []
  for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
    const last = found[found.length - 1]
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else found.push([from, to])
  }
  return found
}

/** What steps would have inserted. */
export function wordsIn(steps) {
  return steps.map(({ slice }) => (slice ? slice.content.textBetween(0, slice.content.size, "\n", leafWords) : "")).join("")
}
