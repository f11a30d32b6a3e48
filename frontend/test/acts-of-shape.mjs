/** What a writer may do besides words, at random: with the commands of the editor's own buttons. */
import { toggleMark } from "prosemirror-commands"
import { liftListItem, sinkListItem } from "prosemirror-schema-list"
import { blocks, elision, footnote, inline, list, quote, rule, table, transcript } from "../src/ui/commands.js"
import * as grid from "../src/ui/grid.js"
import { unitsOf } from "./units.mjs"

/** The selected words are put in anew, at once: where others move or undo them meanwhile, they may stand there twice. */
export function putAgain({ doc, state, atOnce, world }) {
  const { from, to } = state.selection
  for (const unit of unitsOf(doc)) if (unit.end > from && unit.at < to) atOnce.add(unit.sign) && world.again.add(unit.sign)
  return { from, to }
}

export function format(writer) {
  writer.selectSome()
  const { em, strong, code, link } = writer.schema.marks
  const type = writer.among([em, strong, code, link])
  writer.do(toggleMark(type, type === link ? { href: "https://example.org/" } : null))
}

export function changeBlock(writer) {
  if (!writer.schema.nodes.paragraph) return
  writer.selectSome()
  writer.do(writer.among([blocks("heading", { level: 2 }), blocks("heading", { level: 3 }), blocks("code_block"), quote]))
}

export function changeList(writer) {
  const { list_item: item } = writer.schema.nodes
  if (!item) return
  writer.selectSome()
  writer.do(writer.among([list("bullet_list"), list("ordered_list"), liftListItem(item), sinkListItem(item)]))
}

export function changeTable(writer) {
  const cells = []
  writer.doc.descendants((node, pos) => { if (node.type.spec.tableRole?.endsWith("cell")) cells.push(pos + 2) })
  if (!cells.length) return
  writer.select(writer.among(cells))
  writer.do(writer.among(Object.values(grid).filter((command) => command !== grid.deleteTable)))
}

export function insertNode(writer) {
  const { nodes } = writer.schema
  if (writer.chance(0.5)) writer.selectSome()
  else writer.select(writer.place())
  const commands = [inline("hard_break"), inline("citation", { ref: "C-4TN" }), inline("formula", { tex: "x^2" })]
  if (nodes.paragraph) commands.push(rule, table, transcript, elision, footnote)
  const command = writer.among(commands)
  if (command === footnote) putAgain(writer)
  writer.do(command)
}

export function changeLeaf(writer) {
  const found = []
  writer.doc.descendants((node, pos) => { if (node.type.name === "formula") found.push(pos) })
  if (found.length) writer.dispatch(writer.state.tr.setNodeMarkup(writer.among(found), null, { tex: `y_${writer.upTo(9)}` }))
}
