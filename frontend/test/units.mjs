/** A document as its single signs, told in another way than the rule tells it (src/leaves.js). */

/**
 * @typedef {{at: number, end: number, sign: string, refs: string[], block: number, home: number}} Unit one sign, or one leaf that is no words;
 *   `block`: its textblock, `home`: the node that it stands in
 */

/** @param {import("prosemirror-model").Node} doc @returns {Unit[]} */
export function unitsOf(doc) {
  const units = []
  doc.descendants((node, pos) => {
    if (!node.isLeaf) return true
    const $pos = doc.resolve(pos)
    const around = []
    for (let depth = $pos.depth; depth > 0; depth--) around.push($pos.node(depth))
    const refs = [...new Set([node, ...around].flatMap((one) => one.marks).filter((mark) => mark.type.name === "redaction").map((mark) => mark.attrs.ref))]
    let depth = $pos.depth
    while (depth > 0 && $pos.node(depth).isInline) depth--
    const block = depth ? $pos.start(depth) : 0
    let at = pos
    for (const sign of node.isText ? node.text : ["\ufffc"]) {
      const end = node.isText ? at + sign.length : pos + 1
      units.push({ at, end, sign: node.type.name === "hard_break" ? " " : sign, refs, block, home: $pos.start() })
      at = end
    }
    return true
  })
  return units
}

/** Where words can be typed, never inside a pair; those in and at hidden words apart. */
export function placesOf(doc, units) {
  const all = new Set(), hidden = new Set()
  doc.descendants((node, pos) => { if (node.inlineContent) all.add(pos + 1) })
  if (doc.inlineContent) all.add(0)
  for (const unit of units) {
    const $at = doc.resolve(unit.at)
    if (!$at.parent.inlineContent) continue
    for (const place of [unit.at, unit.end]) {
      all.add(place)
      if (unit.refs.length) hidden.add(place)
    }
  }
  return { all: [...all], hidden: [...hidden] }
}

const both = (one, other) => one.filter((ref) => other.includes(ref))

/**
 * Which words of a text must be hidden once it stands in place of a range: the promise, not the rule that keeps it.
 * @returns {boolean[]} one for each word of the text
 */
export function mustBeHidden(units, doc, from, to, text, { typed = true } = {}) {
  const words = text.split(" ").filter(Boolean)
  const gone = units.filter((unit) => unit.end > from && unit.at < to)
  const before = units.findLast((unit) => unit.at < from), after = units.find((unit) => unit.end > to)
  const $from = doc.resolve(from)
  const block = blockAt($from)
  const replaced = gone.some((unit) => unit.refs.length)
  const inside = before && after && both(before.refs, after.refs).length > 0
  const goesOn = typed && from === to && before?.end === from && before.home === $from.start() && before.refs.length > 0
  const touches = (unit) => unit && unit.refs.length > 0 && unit.block === block
  return words.map((_, i) =>
    replaced || inside || goesOn ||
    (i === 0 && !text.startsWith(" ") && touches(before)) ||
    (i === words.length - 1 && !text.endsWith(" ") && touches(after) && blockAt(doc.resolve(to)) === block))
}

function blockAt($pos) {
  let depth = $pos.depth
  while (depth > 0 && $pos.node(depth).isInline) depth--
  return depth ? $pos.start(depth) : 0
}
