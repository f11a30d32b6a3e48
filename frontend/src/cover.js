/**
 * A mark never slips: what replaces hidden words, stands inside them, or touches them without a space, becomes hidden.
 * The same rule as prose/covering.py, which the authority computes again; the two are compared by tests. Here the marks are put
 * into the very step that inserts the words: so they go wherever those words go, when steps are rebased, undone or done again.
 */
import { ReplaceAroundStep, ReplaceStep } from "prosemirror-transform"
import { dressed, onLeaves } from "./dress.js"
import { hasMarks, leafAfter, leafBefore, leavesBetween } from "./leaves.js"

// What Python calls a space, one UTF-16 unit each.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/**
 * The step with the marks that are due on what it inserts; the same step if none are missing. Both move positions alike.
 * @param {import("prosemirror-transform").Step} step
 * @param {import("prosemirror-model").Node} before
 * @param {import("prosemirror-model").Node} after what the step makes of `before`
 */
export function covered(step, before, after) {
  if (!step.slice?.size || !(hasMarks(before) || hasMarks(step.slice.content))) return step
  const due = marksDue(before, after, step.getMap())
  const slice = onLeaves(step.slice)
  if (!due.length && slice === step.slice) return step
  const { from, to, structure } = step
  if (step instanceof ReplaceStep) return new ReplaceStep(from, to, dressed(slice, (at) => from + at, due), structure)
  const { gapFrom, gapTo, insert } = step
  const place = (at) => from + at + (at >= insert ? gapTo - gapFrom : 0)
  return new ReplaceAroundStep(from, to, gapFrom, gapTo, dressed(slice, place, due), insert, structure)
}

/** @returns {import("./dress.js").Due[]} the marks that the rule asks for on what one step inserted, where they are not there yet */
export function marksDue(before, after, map) {
  const found = []
  for (const stretch of stretches(before, after, map)) {
    for (const [leaves, refs] of dueOn(stretch, after)) {
      for (const ref of refs) {
        for (const { start, end } of leaves.filter((leaf) => !leaf.refs.has(ref))) found.push({ start, end, ref })
      }
    }
  }
  return found
}

/** What a step inserted with nothing old between: its leaves, and the redactions on all that the step deleted. */
function stretches(before, after, map) {
  const found = [], deleted = new Set()
  let leaves = [], behind = null
  const done = () => {
    if (leaves.length) found.push({ leaves, deleted })
    leaves = []
  }
  map.forEach((oldStart, oldEnd, newStart, newEnd) => {
    if (behind !== null && leavesBetween(after, behind, newStart).length) done()
    leaves = leaves.concat(leavesBetween(after, newStart, newEnd))
    for (const leaf of leavesBetween(before, oldStart, oldEnd)) leaf.refs.forEach((ref) => deleted.add(ref))
    behind = newEnd
  })
  done()
  return found
}

/** Which leaves must carry what. */
function dueOn({ leaves, deleted }, doc) {
  const first = leaves[0], last = leaves[leaves.length - 1]
  const previous = leafBefore(doc, first.start), following = leafAfter(doc, last.end)
  const p = previous ? previous.refs : new Set(), n = following ? following.refs : new Set()
  const whole = new Set([...deleted, ...[...p].filter((ref) => n.has(ref))])
  const rest = (refs) => [...refs].filter((ref) => !whole.has(ref))
  const found = [[leaves, [...whole]]]
  if (previous?.block === first.block) found.push([firstRun(leaves), rest(p)])
  if (following?.block === last.block) found.push([lastRun(leaves), rest(n)])
  return found
}

function firstRun(leaves) {
  const run = []
  for (const leaf of leaves) {
    const space = leaf.text.search(SPACE)
    if (leaf.block !== leaves[0].block || space === 0) break
    run.push(space < 0 ? leaf : { ...leaf, end: leaf.start + space })
    if (space > 0) break
  }
  return run
}

function lastRun(leaves) {
  const run = []
  for (const leaf of [...leaves].reverse()) {
    const words = afterLastSpace(leaf.text)
    if (leaf.block !== leaves[leaves.length - 1].block || !words) break
    run.push({ ...leaf, start: leaf.end - words })
    if (words < leaf.text.length) break
  }
  return run.reverse()
}

function afterLastSpace(text) {
  let length = 0
  while (length < text.length && !SPACE.test(text[text.length - 1 - length])) length++
  return length
}
