/** Time that passes only when nothing else is left to do, chance that can be repeated, and a network that behaves badly. */

import { webcrypto } from "node:crypto"

globalThis.crypto ??= webcrypto // node 18

/** A generator of numbers in [0, 1) from a seed (mulberry32). */
export function chance(seed) {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Replaces the timers of this process. `run` lets time pass until a moment. */
export class Clock {
  now = 0
  #due = []
  #count = 0
  #outside = new Set()

  take() {
    globalThis.setTimeout = (act, delay = 0) => this.#add(act, delay)
    globalThis.clearTimeout = (id) => { this.#due = this.#due.filter((one) => one.id !== id) }
    Date.now = () => this.now
  }

  #add(act, delay) {
    const id = ++this.#count
    this.#due.push({ id, at: this.now + Math.max(0, delay), act })
    return id
  }

  after(delay) {
    return new Promise((resolve) => this.#add(resolve, delay))
  }

  /** Time stands still until this answer of the world outside is there. */
  outside(answer) {
    this.#outside.add(answer)
    return answer.finally(() => this.#outside.delete(answer))
  }

  async #settle() {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      if (!this.#outside.size) return
      await Promise.race(this.#outside)
    }
  }

  async run(until) {
    await this.#settle()
    for (;;) {
      const next = this.#due.reduce((first, one) => (!first || one.at < first.at || (one.at === first.at && one.id < first.id) ? one : first), null)
      if (!next || next.at > until) break
      this.#due.splice(this.#due.indexOf(next), 1)
      this.now = Math.max(this.now, next.at)
      next.act()
      await this.#settle()
    }
    this.now = Math.max(this.now, until)
  }

  forget() {
    this.#due = []
  }
}
