/** Tables: Tab goes through the cells; a selection stays in the cell in which it began, so that what is hidden or deleted is what is seen to be selected. */
import { Plugin, TextSelection } from "prosemirror-state"
import { addRowAfter } from "./grid.js"

/** How deep the innermost cell around a position is; 0 outside of tables. */
function cellDepth($pos) {
  for (let depth = $pos.depth; depth > 0; depth -= 1) if ($pos.node(depth).type.spec.tableRole?.endsWith("cell")) return depth
  return 0
}

/** Over the border of a cell: as far as the cell goes, from where it began. */
function keptInCell({ selection, doc }) {
  const { $anchor, $head } = selection
  const depth = selection instanceof TextSelection ? cellDepth($anchor) : 0
  if (!depth || ($head.depth >= depth && $head.start(depth) === $anchor.start(depth))) return null
  const isBack = $head.pos < $anchor.pos
  return TextSelection.between($anchor, doc.resolve(isBack ? $anchor.start(depth) : $anchor.end(depth)), isBack ? 1 : -1)
}

/** Keeps selections in cells. */
export function tablePlugin() {
  return new Plugin({
    appendTransaction: (_transactions, _before, state) => {
      const kept = keptInCell(state)
      return kept && !kept.eq(state.selection) ? state.tr.setSelection(kept) : null
    },
  })
}

/** Into the next (1) or last (-1) cell; from the last cell of all into a new row. */
export const goToCell = (direction) => (state, dispatch) => {
  const depth = cellDepth(state.selection.$from)
  if (!depth) return false
  const { $from } = state.selection
  const table = $from.node(depth - 2), row = $from.index(depth - 2), index = $from.index(depth - 1)
  const isInRow = direction > 0 ? index + 1 < $from.node(depth - 1).childCount : index > 0
  const isInTable = direction > 0 ? row + 1 < table.childCount : row > 0
  if (!isInRow && !isInTable) return direction < 0 || addRowAfter(state, dispatch && ((tr) => dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map($from.after(depth - 1), -1) + 1))))))
  const beyond = direction > 0 ? $from.after(depth) + (isInRow ? 1 : 3) : $from.before(depth) - (isInRow ? 1 : 3)
  dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve(beyond), direction)).scrollIntoView())
  return true
}
