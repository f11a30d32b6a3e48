/** The usual keys. */
import { baseKeymap, chainCommands, createParagraphNear, exitCode, liftEmptyBlock, newlineInCode, splitBlock } from "prosemirror-commands"
import { redo, undo } from "prosemirror-history"
import { undoInputRule } from "prosemirror-inputrules"
import { keymap } from "prosemirror-keymap"
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list"
import { Selection, TextSelection } from "prosemirror-state"
import { goToCell } from "./tables.js"
import { around, blocks, list, mark, quote } from "./commands.js"
import { asks, DOES, leave, showKeys } from "./doing.js"
import { startHiding } from "./hide.js"
import { openNode } from "./nodes.js"
import { goToTools } from "./toolbar.js"

/** Enter where a block can't be split: out of a caption, from who speaks to what is said, after a footnote. */
const outOf = (state, dispatch) => {
  const note = around(state, "footnote")
  if (note) return to(state, dispatch, note.start + note.node.nodeSize)
  const figure = around(state, "figure")
  if (figure) return paragraphAfter(state, dispatch, figure)
  const turn = around(state, "turn")
  if (!turn) return false
  if (state.selection.$from.parent.type.name === "speaker") return to(state, dispatch, state.selection.$from.after() + 1)
  if (turn.node.lastChild !== state.selection.$from.parent || state.selection.$from.parent.content.size) return false
  if (!turn.node.textContent) return endTranscript(state, dispatch, turn)
  return turn.node.childCount > 2 && nextTurn(state, dispatch, turn)
}

/** An empty turn at the end becomes a paragraph after the transcript. */
function endTranscript(state, dispatch, { start, node, depth }) {
  const { $from } = state.selection
  const all = $from.node(depth - 1), after = $from.after(depth - 1)
  if (all.lastChild !== node || all.childCount === 1) return false
  if (dispatch) {
    const tr = state.tr.insert(after, state.schema.nodes.paragraph.create()).delete(start, start + node.nodeSize)
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(after, -1) + 1))).scrollIntoView())
  }
  return true
}

function to(state, dispatch, at, direction = 1) {
  dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve(at), direction)).scrollIntoView())
  return true
}

function paragraphAfter(state, dispatch, { start, node }) {
  const at = start + node.nodeSize
  if (dispatch) {
    const tr = state.tr.insert(at, state.schema.nodes.paragraph.create())
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView())
  }
  return true
}

/** An empty paragraph at the end of a turn becomes the next turn. */
function nextTurn(state, dispatch, { start, node }) {
  if (dispatch) {
    const { $from } = state.selection
    const tr = state.tr.delete($from.before(), $from.after())
    const at = tr.mapping.map(start + node.nodeSize)
    tr.insert(at, state.schema.nodes.turn.createAndFill())
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(at + 1))).scrollIntoView())
  }
  return true
}

/** Over the border of a footnote, which has no place of its own to stand on: into it, or out of it. */
const overBorder = (direction) => (state, dispatch) => {
  const { $cursor } = state.selection
  const next = direction > 0 ? $cursor?.nodeAfter : $cursor?.nodeBefore
  if (next?.type.name === "footnote") return to(state, dispatch, $cursor.pos + direction, direction)
  const isAtEnd = $cursor?.parent.type.name === "footnote" && (direction > 0 ? !$cursor.nodeAfter : !$cursor.nodeBefore)
  return isAtEnd && to(state, dispatch, $cursor.pos + direction, direction)
}

/** The last sign of a footnote goes with the footnote: it may not be empty. */
const lastOfFootnote = (state, dispatch) => {
  const note = around(state, "footnote")
  const { $from, from, to, empty } = state.selection
  if (!note || (empty ? note.node.content.size > 1 : to - from < note.node.content.size) || $from.depth !== note.depth) return false
  dispatch?.(state.tr.delete(note.start, note.start + note.node.nodeSize).scrollIntoView())
  return true
}

/** Who types ``` and Enter has a code block already, and means its first line. */
const inNewCode = ({ selection: { $from } }) => $from.parent.type.name === "code_block" && !$from.parent.content.size

const newLine = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(state.schema.nodes.hard_break.create(), true).scrollIntoView())
  return true
}

/** For a text of that schema. */
export function keysFor(schema) {
  const { nodes } = schema
  const both = {
    "Mod-b": mark("strong"), "Mod-i": mark("em"), "Mod-e": mark("code"), "Mod-k": DOES.link,
    "Mod-z": undo, "Mod-Shift-z": redo, "Mod-y": redo,
    "Mod-Enter": leave, Escape: leave, "Mod-/": showKeys, "Ctrl-Alt-h": asks(startHiding), "Alt-F10": goToTools,
    Backspace: chainCommands(undoInputRule, lastOfFootnote), Delete: lastOfFootnote,
  }
  const opens = (state, dispatch, view) => (dispatch ? openNode(view) : false)
  if (!nodes.paragraph) return [keymap({ ...both, Enter: chainCommands(opens, leave), "Shift-Enter": () => true }), keymap(baseKeymap)]
  const item = nodes.list_item
  const inList = (state) => Boolean(around(state, "list_item"))
  const body = {
    "Mod-Alt-0": blocks("paragraph"), "Mod-Alt-1": blocks("heading", { level: 1 }), "Mod-Alt-2": blocks("heading", { level: 2 }), "Mod-Alt-3": blocks("heading", { level: 3 }),
    "Mod-Shift-7": list("ordered_list"), "Mod-Shift-8": list("bullet_list"), "Mod-Shift-9": quote,
    Enter: chainCommands(opens, outOf, inNewCode, newlineInCode, splitListItem(item), createParagraphNear, liftEmptyBlock, splitBlock),
    "Shift-Enter": chainCommands(exitCode, newLine),
    ArrowRight: overBorder(1), ArrowLeft: overBorder(-1),
    Tab: chainCommands(goToCell(1), sinkListItem(item), inList), "Shift-Tab": chainCommands(goToCell(-1), liftListItem(item), inList),
  }
  return [keymap({ ...both, ...body }), keymap(baseKeymap)]
}
