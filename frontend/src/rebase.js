/**
 * Steps that were made here and are not accepted yet, and how they give way to steps that were.
 * As in prosemirror-collab, but for two things: each step gets the marks that are due where it now stands, and what no longer fits is told.
 */
import { Slice } from "prosemirror-model"
import { Plugin, PluginKey } from "prosemirror-state"
import { ReplaceStep } from "prosemirror-transform"
import { covered } from "./cover.js"

const key = new PluginKey("unsent")

/** On transactions that bring in what others did. */
export const REMOTE = "remote"

/** @typedef {{step: import("prosemirror-transform").Step, inverted: import("prosemirror-transform").Step}} Own */

/** Keeps what was done here. The history must keep its steps as they came, so that they can be rebased. */
export function unsentPlugin() {
  return new Plugin({
    key,
    state: {
      init: () => [],
      apply: (tr, own) => tr.getMeta(key) ?? (tr.docChanged ? own.concat(tr.steps.map((step, i) => ({ step, inverted: step.invert(tr.docs[i]) }))) : own),
    },
    historyPreserveItems: true,
  })
}

/** @returns {readonly import("prosemirror-transform").Step[]} */
export const unsentSteps = (state) => key.getState(state).map(({ step }) => step)

/**
 * Take in accepted steps: so many of ours, then others'.
 * @param {import("prosemirror-state").EditorState} state
 * @param {number} confirmed how many of the unsent steps were accepted as they are
 * @param {readonly import("prosemirror-transform").Step[]} others
 * @returns {{tr: import("prosemirror-state").Transaction, dropped: import("prosemirror-transform").Step[]}}
 */
export function received(state, confirmed, others) {
  const own = key.getState(state).slice(confirmed)
  const tr = state.tr
  if (!others.length) return { tr: tr.setMeta(key, own).setMeta(REMOTE, true), dropped: [] }
  for (const { inverted } of [...own].reverse()) tr.step(inverted)
  for (const step of others) for (const part of apart(step, tr.doc)) tr.step(part)
  const kept = [], dropped = []
  own.forEach(({ step }, i) => {
    const mapped = step.map(tr.mapping.slice(own.length - i))
    const before = tr.doc
    const after = mapped?.apply(before).doc
    if (!after) return dropped.push(step)
    const again = covered(mapped, before, after)
    tr.step(again)
    tr.mapping.setMirror(own.length - i - 1, tr.steps.length - 1)
    return kept.push({ step: again, inverted: again.invert(before) })
  })
  tr.setMeta(key, kept).setMeta(REMOTE, true).setMeta("rebased", own.length).setMeta("addToHistory", false)
  return { tr, dropped }
}

/** Words put in place of others as what it is: some go, some come. Else undo would take those that came for those that were there. */
function apart(step, doc) {
  const { from, to, slice } = step
  if (!(step instanceof ReplaceStep) || from === to || !slice.size || slice.openStart || slice.openEnd) return [step]
  const $from = doc.resolve(from)
  if (!$from.parent.inlineContent || !$from.sameParent(doc.resolve(to))) return [step]
  const parts = [new ReplaceStep(from, to, Slice.empty), new ReplaceStep(from, from, slice)]
  const without = parts[0].apply(doc).doc
  return without && parts[1].apply(without).doc ? parts : [step]
}
