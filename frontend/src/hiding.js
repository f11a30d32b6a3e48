/** Writing in and beside hidden words: what is typed next is hidden too, until the writer leaves; no edit shows hidden words again. */
import { Plugin } from "prosemirror-state"
import { RemoveMarkStep, RemoveNodeMarkStep } from "prosemirror-transform"
import { REMOTE } from "./rebase.js"

const isHidden = (mark) => mark.type.name === "redaction"

/** The redactions that the next typed word will carry because of where the cursor stands. @returns {string[]} */
export function writesHidden(state) {
  const { $cursor } = state.selection
  return $cursor ? (state.storedMarks ?? $cursor.marks()).filter(isHidden).map((mark) => mark.attrs.ref) : []
}

/** Whether a step takes the mark off words that stay: only the command that shows words again may, on the server. */
function showsAgain(step) {
  if (step.steps) return step.steps.some(showsAgain)
  return (step instanceof RemoveMarkStep || step instanceof RemoveNodeMarkStep) && isHidden(step.mark)
}

/** The redactions of words that were deleted at the cursor, with nothing in their place. */
function deletedAt(transactions, cursor) {
  const found = new Map()
  const steps = transactions.flatMap(({ steps, docs }) => steps.map((step, i) => ({ map: step.getMap(), doc: docs[i] })))
  steps.forEach(({ map, doc }, i) => {
    map.forEach((from, to, newFrom, newTo) => {
      const now = steps.slice(i + 1).reduce((at, later) => later.map.map(at), newFrom)
      if (from === to || newFrom < newTo || now !== cursor) return
      doc.nodesBetween(from, to, (node) => {
        if (node.isInline) node.marks.filter(isHidden).forEach((mark) => found.set(mark.attrs.ref, mark))
      })
    })
  })
  return [...found.values()]
}

function keepHiding(transactions, _before, state) {
  const { $cursor } = state.selection
  if (!$cursor || transactions.some((transaction) => transaction.getMeta(REMOTE)) || !transactions.some((one) => one.docChanged)) return null
  const marks = state.storedMarks ?? $cursor.marks()
  const gone = deletedAt(transactions, $cursor.pos).filter((mark) => !mark.isInSet(marks))
  return gone.length ? state.tr.setStoredMarks(gone.reduce((set, mark) => mark.addToSet(set), marks)) : null
}

/**
 * Leave the hidden words: what is typed next is not hidden (but touching words without a space are, by the rule).
 * @param {boolean} forwards leave at the end of a span only
 */
export const leaveHidden = (forwards) => (state, dispatch) => {
  const { $cursor } = state.selection
  if (!$cursor) return false
  const marks = state.storedMarks ?? $cursor.marks()
  const before = $cursor.nodeBefore?.marks ?? [], after = $cursor.nodeAfter?.marks ?? []
  const stays = (mark) => mark.isInSet(after) && (forwards || mark.isInSet(before))
  const left = marks.filter((mark) => !isHidden(mark) || stays(mark))
  if (left.length === marks.length) return false
  dispatch?.(state.tr.setStoredMarks(left))
  return true
}

/** @returns {Plugin} */
export function hiding() {
  return new Plugin({
    appendTransaction: keepHiding,
    filterTransaction: (transaction) => Boolean(transaction.getMeta(REMOTE)) || !transaction.steps.some(showsAgain),
    props: {
      handleKeyDown(view, event) {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || view.composing) return false
        if (event.key !== "ArrowRight" && event.key !== "Escape") return false
        return leaveHidden(event.key === "ArrowRight")(view.state, view.dispatch)
      },
      attributes: (state) => {
        const refs = writesHidden(state)
        return refs.length ? { "data-writes-hidden": refs.join(" ") } : {}
      },
    },
  })
}
