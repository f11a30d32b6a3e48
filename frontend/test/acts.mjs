/** What a writer may do, at random. Each is (writer) → nothing. */
import { baseKeymap, chainCommands, deleteSelection, joinBackward, joinForward, selectNodeBackward } from "prosemirror-commands"
import { redo, undo } from "prosemirror-history"
import { Fragment, Slice } from "prosemirror-model"
import { splitListItem } from "prosemirror-schema-list"
import { leaveHidden } from "../src/hiding.js"
import { pasted } from "../src/incoming.js"
import { changeBlock, changeLeaf, changeList, changeTable, format, insertNode, putAgain } from "./acts-of-shape.mjs"
import { mustBeHidden, unitsOf } from "./units.mjs"

function typeSomewhere(writer) {
  writer.select(writer.place())
  writer.type((writer.chance(0.4) ? " " : "") + writer.words(3))
}

function typeOver(writer) {
  writer.selectSome()
  if (writer.chance(0.5)) writer.type(writer.words(2))
  else writer.put(writer.words(3))
}

/** Words typed where hidden ones were deleted are hidden, until the writer leaves. */
function deleteSome(writer) {
  writer.selectSome()
  const { from, to, $from, $to } = writer.state.selection
  const gone = unitsOf(writer.doc).filter((unit) => unit.end > from && unit.at < to)
  const inline = $from.sameParent($to) && gone.every((unit) => unit.home === $from.start())
  writer.do(deleteSelection)
  if (!writer.chance(0.6) || !writer.state.selection.$cursor) return
  const kept = inline && gone.some((unit) => unit.refs.length > 0)
  if (kept && writer.chance(0.3)) {
    while (writer.do(leaveHidden(false)));
    return writer.type(writer.words(1))
  }
  writer.type(writer.words(2), kept)
}

function pressEnter(writer) {
  writer.select(writer.place())
  const item = writer.schema.nodes.list_item
  writer.do(item ? chainCommands(splitListItem(item), baseKeymap.Enter) : baseKeymap.Enter)
  if (writer.chance(0.5)) writer.type(writer.words(1))
}

function join(writer) {
  writer.select(writer.place())
  const { $cursor } = writer.state.selection
  if (!$cursor) return
  writer.select(writer.chance(0.5) ? $cursor.start() : $cursor.end())
  writer.do(chainCommands(joinBackward, joinForward, selectNodeBackward))
}

/** Undo takes back what this writer did, and no word of anybody else, unless it stands in the middle of what was put in at once. */
function undoOrRedo(writer) {
  for (let i = writer.upTo(3); i >= 0; i--) {
    const before = unitsOf(writer.doc).map((unit) => unit.sign)
    const back = writer.chance(0.65)
    const sent = writer.session.replica.unsent.length
    if (!writer.do(back ? undo : redo)) return
    for (const step of writer.session.replica.unsent.slice(sent)) bringsAgain(writer, step)
    const left = new Map()
    for (const { sign } of unitsOf(writer.doc)) left.set(sign, (left.get(sign) ?? 0) + 1)
    if (!back) continue
    const isTaken = (sign) => (left.get(sign) ?? 0) < before.filter((one) => one === sign).length
    for (const sign of new Set(before.filter(isTaken))) {
      const author = writer.world.by.get(sign)
      if (!author || author === writer.name || writer.atOnce.has(sign) || isAmongOwn(writer, before, sign, isTaken)) continue
      writer.world.fault(`undo took a word (${sign}) of ${author} away from ${writer.name}, at ${writer.session.version}`)
    }
  }
}

/** Whether it went with a sign that the writer had put in at once with others, of which some may be gone: it stood in their middle. */
function isAmongOwn({ atOnce }, before, sign, isTaken) {
  let first = before.indexOf(sign), last = before.lastIndexOf(sign)
  while (first > 0 && isTaken(before[first - 1])) first -= 1
  while (last + 1 < before.length && isTaken(before[last + 1])) last += 1
  return before.slice(first, last + 1).some((one) => atOnce.has(one))
}

/** What is put in and taken out at once by undoing stands there again where only the latter falls away, because others were there. */
function bringsAgain({ world }, step) {
  step.slice?.content.descendants(({ text = "" }) => { for (const sign of text) world.again.add(sign) })
}

function copied(writer) {
  writer.selectSome()
  const { from, to } = putAgain(writer)
  return { from, to, slice: writer.doc.slice(from, to) }
}

function pasteCopied(writer) {
  const { slice } = copied(writer)
  if (writer.chance(0.5)) writer.selectSome()
  else writer.select(writer.place())
  writer.dispatch(pasted(writer.state, slice))
}

function drag(writer) {
  const { from, to, slice } = copied(writer)
  const tr = writer.state.tr.delete(from, to)
  const at = tr.mapping.map(writer.place())
  if (tr.doc.resolve(at).parent.inlineContent) writer.dispatch(tr.replaceRange(at, at, slice))
}

/** From elsewhere: without marks. */
function pasteFresh(writer) {
  const { schema } = writer
  if (writer.chance(0.5)) writer.selectSome()
  else writer.select(writer.place())
  const { from, to } = writer.state.selection
  const texts = Array.from({ length: schema.nodes.paragraph ? 1 + writer.upTo(2) : 1 }, () => writer.words(2))
  const nodes = texts.map((text) => schema.text(text))
  const slice = nodes.length > 1
    ? new Slice(Fragment.from(nodes.map((node) => schema.nodes.paragraph.create(null, node))), 1, 1)
    : new Slice(Fragment.from(nodes), 0, 0)
  const text = nodes.length > 1 ? ` ${texts.join(" ")} ` : texts[0]
  for (const sign of text) writer.atOnce.add(sign)
  writer.world.expect(text.split(" ").filter(Boolean), mustBeHidden(unitsOf(writer.doc), writer.doc, from, to, text, { typed: false }))
  writer.dispatch(pasted(writer.state, slice))
}

const SHARES = [
  [typeSomewhere, 26], [typeOver, 10], [deleteSome, 14], [pressEnter, 8], [join, 6], [undoOrRedo, 14], [pasteCopied, 7], [pasteFresh, 6],
  [drag, 4], [format, 6], [changeBlock, 3], [changeList, 5], [changeTable, 4], [insertNode, 6], [changeLeaf, 2],
]
const ALL = SHARES.flatMap(([act, share]) => Array(share).fill(act))

export function actAtRandom(writer) {
  const act = writer.among(ALL)
  act(writer)
}
