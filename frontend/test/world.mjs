/** What really happened: the accepted text, step by step, and what must hold of it whatever is written. */
import { Node } from "prosemirror-model"
import { Mapping, Step } from "prosemirror-transform"
import { unitsOf } from "./units.mjs"

const FIRST = [0x4e00, 0x20000] // signs of one and of two units, each given to one word of a run

export class World {
  /** Signs of words that were typed where they must be hidden. */
  hidden = new Set()
  /** Sign → who typed it, and how often. */
  by = new Map()
  typed = new Map()
  again = new Set()
  faults = []
  version = 0
  #count = 0
  #commands = new Map()

  constructor(schema, content) {
    this.schema = schema
    this.doc = Node.fromJSON(schema, content)
  }

  fault(what) {
    this.faults.push(what)
  }

  /** A word that nobody else types. */
  word(client, random) {
    const sign = String.fromCodePoint(FIRST[random() < 0.15 ? 1 : 0] + this.#count++)
    const word = sign.repeat(1 + Math.floor(random() * 3))
    this.by.set(sign, client)
    this.typed.set(sign, [...word].length)
    return word
  }

  /** @param {string[]} words @param {boolean[]} must */
  expect(words, must) {
    words.forEach((word, i) => { if (must[i]) this.hidden.add([...word][0]) })
  }

  /** This version is what a command did: it may show words again. */
  command(version, op) {
    this.#commands.set(version, op)
  }

  /** The accepted batches, in whatever order they are heard of. */
  take({ version, steps }) {
    if (version !== this.version + 1) return
    const before = unitsOf(this.doc), maps = []
    for (const raw of steps) {
      const step = Step.fromJSON(this.schema, raw)
      maps.push(step.getMap())
      this.doc = step.apply(this.doc).doc
    }
    this.version = version
    const after = unitsOf(this.doc)
    if (this.#commands.get(version) === "unmark") for (const unit of after) unit.refs.length || this.hidden.delete(unit.sign)
    else this.#requireMarks(before, after, new Mapping(maps))
    for (const unit of after) {
      if (!unit.refs.length && this.hidden.has(unit.sign)) this.fault(`version ${version}: ${unit.sign}, typed inside or touching hidden words, is shown`)
    }
  }

  /** No word stands there more often than it was typed, but for those that somebody put in again by copying or undoing. */
  requireOnce() {
    const found = new Map()
    for (const { sign } of unitsOf(this.doc)) found.set(sign, (found.get(sign) ?? 0) + 1)
    for (const [sign, often] of found) {
      if (this.typed.has(sign) && !this.again.has(sign) && often > this.typed.get(sign)) this.fault(`${sign} was taken in twice`)
    }
  }

  #requireMarks(before, after, mapping) {
    const now = new Map(after.map((unit) => [unit.at, unit]))
    for (const { at, sign, refs } of before) {
      if (!refs.length) continue
      const { pos, deletedAfter } = mapping.mapResult(at, 1)
      const unit = deletedAfter ? null : now.get(pos)
      if (unit && refs.some((ref) => !unit.refs.includes(ref))) this.fault(`version ${this.version}: ${JSON.stringify(sign)} lost a mark by an edit`)
    }
  }
}
