/** What the marks of the case say: who loses the words, in which state, and where it is told in full. Asked once, and again for a mark nobody knows yet. */
import { ask } from "./page.js"

let marks = {}
let asked = null
let latest = ""
let wanted = []
const answered = new Set()
const hearers = new Set()

/** The mark of a reference, or nothing: it is lifted, or not heard of yet. */
export function markOf(ref) {
  return marks[ref]
}

/** Whether the case has such a redaction, as far as this page knows. */
export function isKnown(ref) {
  return ref in marks
}

/** Whether the server was asked about it and has nothing to say: it hides nothing any more. */
export function isLifted(ref) {
  return !(ref in marks) && answered.has(ref)
}

/** Ask the server, at most once at a time. */
export function readLegend() {
  asked ??= ask("marks/")
    .then((answer) => {
      marks = answer.marks
      for (const ref of wanted) answered.add(ref)
      for (const hear of hearers) hear()
    })
    .catch(() => {})
    .finally(() => { asked = null })
  return asked
}

/** These references stand in a text: ask for those that are not known, once for each such set. */
export function needMarks(refs) {
  wanted = refs
  const unknown = refs.filter((ref) => !(ref in marks)).join(" ")
  if (!unknown || unknown === latest) return
  latest = unknown
  readLegend()
}

/** Call back whenever the marks were read anew. */
export function onLegend(hear) {
  hearers.add(hear)
  return () => hearers.delete(hear)
}

/** Who loses words under this mark: "External reviewer, Public". */
export function losers(ref) {
  return /hidden from (.*) · /.exec(markOf(ref)?.label ?? "")?.[1] ?? ""
}
