/** What the buttons and keys do to a text. Each is a ProseMirror command: (state, dispatch, view) → whether it applies. */
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands"
import { Fragment } from "prosemirror-model"
import { liftListItem, wrapInList } from "prosemirror-schema-list"
import { NodeSelection, Selection, TextSelection } from "prosemirror-state"

/** The innermost node of one of these types around the cursor: { node, depth, start }. */
export function around(state, ...names) {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth)
    if (names.includes(node.type.name)) return { node, depth, start: $from.before(depth) }
  }
  return null
}

/** Whether the selection, or what would be typed at the cursor, carries a mark. */
export function hasMark(state, name) {
  const type = state.schema.marks[name]
  const { from, to, empty, $from } = state.selection
  return empty ? Boolean(type.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, type)
}

/** Put a mark on the selection, or take it away. */
export const mark = (name) => (state, dispatch) => toggleMark(state.schema.marks[name])(state, dispatch)

/** Turn the blocks into this kind, or back into paragraphs. */
export const blocks = (name, attrs = {}) => (state, dispatch) => {
  const found = around(state, name)
  const is = found && Object.entries(attrs).every(([key, value]) => found.node.attrs[key] === value)
  const type = state.schema.nodes[is ? "paragraph" : name]
  return Boolean(type) && setBlockType(type, is ? {} : attrs)(state, dispatch)
}

/** The next of: heading 2, heading 3, paragraph. */
export const nextHeading = (state, dispatch) => {
  const level = around(state, "heading")?.node.attrs.level
  if (!state.schema.nodes.heading) return false
  return level === 3 ? blocks("heading", { level: 3 })(state, dispatch) : blocks("heading", { level: level === 2 ? 3 : 2 })(state, dispatch)
}

/** Make a list of the blocks; in a list of the other kind change its kind, in one of this kind lift the item out. */
export const list = (name) => (state, dispatch) => {
  const type = state.schema.nodes[name]
  if (!type) return false
  const found = around(state, "bullet_list", "ordered_list")
  if (!found) return wrapInList(type)(state, dispatch)
  if (found.node.type === type) return liftListItem(state.schema.nodes.list_item)(state, dispatch)
  if (dispatch) dispatch(state.tr.setNodeMarkup(found.start, type).scrollIntoView())
  return true
}

/** Into a quote, or out of it. */
export const quote = (state, dispatch) => {
  const type = state.schema.nodes.blockquote
  if (!type) return false
  return around(state, "blockquote") ? lift(state, dispatch) : wrapIn(type)(state, dispatch)
}

/** Put a block after the one that holds the cursor, or in its place if it is an empty paragraph; the cursor goes to its first words. */
export function putBlock(state, dispatch, node) {
  const { $from } = state.selection
  const empty = $from.parent.type.name === "paragraph" && !$from.parent.content.size
  const at = empty ? $from.before() : $from.depth ? $from.after() : $from.pos
  const home = empty ? $from.node(-1) : $from.depth ? $from.node(-1) : state.doc
  const index = empty ? $from.index(-1) : $from.depth ? $from.indexAfter(-1) : $from.index()
  if (!home.canReplaceWith(index, empty ? index + 1 : index, node.type)) return false
  if (dispatch) {
    const tr = empty ? state.tr.replaceWith(at, at + $from.parent.nodeSize, node) : state.tr.insert(at, node)
    const inside = node.isLeaf ? NodeSelection.create(tr.doc, at) : Selection.near(tr.doc.resolve(at + 1), 1)
    dispatch(tr.setSelection(inside).scrollIntoView())
  }
  return true
}

/** A table of three columns with a row of headers. */
export const table = (state, dispatch) => {
  const { nodes } = state.schema
  if (!nodes.table || around(state, "table")) return false
  const row = (type) => nodes.table_row.create(null, [0, 1, 2].map(() => type.createAndFill()))
  return putBlock(state, dispatch, nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]))
}

/** A line between two blocks. */
export const rule = (state, dispatch) => Boolean(state.schema.nodes.horizontal_rule) && putBlock(state, dispatch, state.schema.nodes.horizontal_rule.create())

/** A transcript of one turn. */
export const transcript = (state, dispatch) => {
  const { nodes } = state.schema
  return Boolean(nodes.transcript) && !around(state, "transcript") && putBlock(state, dispatch, nodes.transcript.createAndFill(null, nodes.turn.createAndFill()))
}

/** In a transcript: say that a passage is left out after this turn. */
export const elision = (state, dispatch) => {
  const turn = around(state, "turn")
  if (turn && dispatch) dispatch(state.tr.insert(turn.start + turn.node.nodeSize, state.schema.nodes.elision.create()).scrollIntoView())
  return Boolean(turn)
}

/** Make a footnote of the selected words, or a new one whose words are selected, ready to be typed over. */
export const footnote = (state, dispatch) => {
  const type = state.schema.nodes.footnote
  const { from, to, $from, empty } = state.selection
  if (!type || !$from.parent.inlineContent || around(state, "footnote") || !$from.sameParent(state.selection.$to)) return false
  const inside = empty ? Fragment.from(state.schema.text("Note")) : state.doc.slice(from, to).content
  if (!type.validContent(inside) || !$from.parent.type.contentMatch.matchType(type)) return false
  if (dispatch) {
    const tr = state.tr.replaceWith(from, to, type.create(null, inside))
    dispatch(tr.setSelection(TextSelection.create(tr.doc, from + 1, from + 1 + inside.size)).scrollIntoView())
  }
  return true
}

/** Put an inline leaf at the cursor. */
export const inline = (name, attrs) => (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false
  if (dispatch) dispatch(state.tr.replaceSelectionWith(state.schema.nodes[name].create(attrs), true).scrollIntoView())
  return true
}
