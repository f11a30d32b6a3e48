/** A text as it stands here: as the server has it, and on top of that what was written here and is not accepted yet. */
import { Node } from "prosemirror-model"
import { EditorState, TextSelection } from "prosemirror-state"
import { Step } from "prosemirror-transform"
import { Places } from "./places.js"
import { received, unsentSteps } from "./rebase.js"
import { isSame } from "./same.js"
import { wordsIn } from "./unsent.js"
import { coveredTransaction, isFit } from "./writing.js"

/**
 * A batch of steps that the server accepted.
 * @typedef {{version: number, operation: string, by: string, steps: object[]}} Accepted
 */

export class Replica {
  /** Whether others' steps are being taken in: no plugin may answer those by steps of its own. */
  isReceiving = false
  places = new Places()
  /** Words that were written here where others have deleted everything around them meanwhile. */
  dropped = ""

  constructor(schema, { content, version }, plugins) {
    this.schema = schema
    this.accepted = Node.fromJSON(schema, content)
    this.version = version
    this.state = EditorState.create({ doc: this.accepted, plugins })
  }

  /** What is not accepted yet. @returns {readonly Step[]} */
  get unsent() {
    return unsentSteps(this.state)
  }

  /** Take in what was done here, with the marks that are due for it. @returns {boolean} false: it can't be done, and was not */
  write(tr) {
    const { state, transactions } = this.state.applyTransaction(coveredTransaction(this.state, tr))
    if (!transactions.every(isFit)) return false
    this.state = state
    return true
  }

  /**
   * Take in accepted batches, in whatever order and how often they come.
   * @param {Accepted[]} batches
   * @param {import("./batch.js").Batch | null} pending what was sent at this version
   * @returns {{isWhole: boolean, moved: boolean}} `isWhole`: none is missing in between. Throws if they don't fit.
   */
  receive(batches, pending) {
    const had = this.version
    let isWhole = true
    this.isReceiving = true
    try {
      for (const batch of [...batches].sort((one, other) => one.version - other.version)) {
        if (batch.version <= this.version) continue
        isWhole = batch.version === this.version + 1
        if (!isWhole) break
        this.#take(batch, pending?.operation === batch.operation ? pending : null)
        pending = null
      }
    } finally {
      this.isReceiving = false
    }
    if (this.version > had && !this.unsent.length && !isSame(this.state.doc, this.accepted)) {
      throw new RangeError("the text here differs from what was accepted")
    }
    return { isWhole, moved: this.version > had }
  }

  /** Steps of ours that the batch names are accepted; to whatever else is in it, ours give way. */
  #take({ version, steps: raw }, pending) {
    const steps = raw.map((step) => Step.fromJSON(this.schema, step))
    this.accepted = steps.reduce(applied, this.accepted)
    this.places.add(version, steps.map((step) => step.getMap()))
    this.version = version
    this.#receive(pending ? pending.count : 0, pending ? steps.slice(pending.json.length) : steps)
  }

  /** So many steps change nothing, and the server is not told of them. */
  confirm(count) {
    this.#receive(count, [])
  }

  #receive(confirmed, others) {
    const { state } = this
    const { tr, dropped } = received(state, confirmed, others)
    if (others.length && state.selection instanceof TextSelection) {
      const at = (position) => tr.doc.resolve(tr.mapping.map(position, -1))
      tr.setSelection(TextSelection.between(at(state.selection.anchor), at(state.selection.head), -1))
    }
    if (state.storedMarks) tr.setStoredMarks(state.storedMarks)
    this.state = state.apply(tr)
    this.dropped += wordsIn(dropped)
  }

  /** Begin again with what the server has, about where the cursor stood. What was not accepted is gone from here, and so is what could be undone. */
  restart({ content, version }) {
    this.accepted = Node.fromJSON(this.schema, content)
    this.version = version
    this.places = new Places()
    const near = this.accepted.resolve(Math.min(this.state.selection.head, this.accepted.content.size))
    this.state = EditorState.create({ doc: this.accepted, selection: TextSelection.near(near, -1), plugins: this.state.plugins })
  }
}

function applied(doc, step) {
  const result = step.apply(doc)
  if (!result.doc) throw new RangeError(result.failed)
  return result.doc
}
