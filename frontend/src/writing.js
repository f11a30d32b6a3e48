/** A transaction that was made here, with the marks that are due for what it inserts. */
import { covered } from "./cover.js"

/**
 * @param {import("prosemirror-state").EditorState} state
 * @param {import("prosemirror-state").Transaction} tr
 * @returns {import("prosemirror-state").Transaction} the same, if no marks are missing
 */
export function coveredTransaction(state, tr) {
  let doc = tr.before, changed = false
  const steps = tr.steps.map((step, i) => {
    const after = changed ? applied(step, doc) : (tr.docs[i + 1] ?? tr.doc)
    const made = covered(step, doc, after)
    changed = changed || made !== step
    doc = made === step ? after : applied(made, doc)
    return made
  })
  return changed ? again(state, tr, steps) : tr
}

/** Whether what a transaction makes can be stored. The library can make what can't: it does not look into what it moves. */
export function isFit(tr) {
  if (!tr.docChanged) return true
  try {
    tr.doc.check()
    return true
  } catch {
    return false
  }
}

function applied(step, doc) {
  const result = step.apply(doc)
  if (!result.doc) throw new RangeError(result.failed)
  return result.doc
}

/** The steps move positions as the first ones did, so everything else that the transaction says holds of the new one. */
function again(state, tr, steps) {
  const made = state.tr
  for (const step of steps) made.step(step)
  made.setSelection(tr.selection.getBookmark().resolve(made.doc))
  if (tr.storedMarks) made.setStoredMarks(tr.storedMarks)
  if (tr.scrolledIntoView) made.scrollIntoView()
  for (const [name, value] of Object.entries(tr.meta)) made.setMeta(name, value)
  return made.setTime(tr.time)
}
