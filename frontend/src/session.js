/** One text that is open for writing in this page: between the view in which it is written and the server. */
import { Exchange } from "./exchange.js"
import { forget } from "./opened.js"
import { pluginsFor } from "./plugins.js"
import { refuse, resume } from "./refusing.js"
import { Replica } from "./replica.js"
import { headingsBelow, schemaFor } from "./schema.js"
import { Standing } from "./standing.js"

const LOST = "This text could not be brought together with what others wrote."

export class TextSession {
  /** Why the server refused what was written, and the words, until `resume`. @type {{why: string, words: string} | null} */
  refusal = null
  isOver = false
  /** Told of redactions and pictures of another case, for which nothing was pasted. */
  onForeign = () => {}
  /** Told when something can't stand where it was put. */
  onUnfit = () => {}
  /** Told of words that were written here while others deleted the passage around them. */
  onDropped = () => {}
  #plugins
  #view = null
  #standing = new Standing()
  #isLeft = false

  /** @param {{kind: "line" | "body", version: number, content: object, name: string, may_write: boolean}} loaded */
  constructor(base, key, loaded) {
    Object.assign(this, { base, key, kind: loaded.kind, name: loaded.name, mayWrite: loaded.may_write })
    this.schema = schemaFor(loaded.kind, { base, below: headingsBelow(loaded.content) })
    this.exchange = new Exchange(this, `${base}texts/${key}/steps/`)
    this.#plugins = pluginsFor(this)
    this.replica = new Replica(this.schema, loaded, this.#plugins)
  }

  /** What an editor of this text must have among its plugins. */
  plugins() { return this.#plugins }
  get state() { return this.replica.state }
  get doc() { return this.replica.state.doc }
  get version() { return this.replica.version }
  get hasSteps() { return this.replica.unsent.length > 0 }
  get isComposing() { return Boolean(this.#view?.composing) }

  /** Whether anything that was typed is not with the server. */
  get isUnsent() { return this.hasSteps || this.refusal !== null }

  /** @returns {"saved" | "saving" | "offline" | "refused"} */
  get status() {
    if (this.refusal) return "refused"
    if (this.exchange.failures > 1 || globalThis.navigator?.onLine === false) return "offline"
    return this.hasSteps ? "saving" : "saved"
  }

  /** @param {(session: TextSession) => void} listener called when the status changes. @returns {() => void} stops that */
  onStatus(listener) { return this.#standing.listen(() => listener(this)) }

  /** Show this text in a view, whose own plugins stay. */
  attach(view) {
    this.#view = view
    this.#isLeft = false
    this.replica.state = this.state.reconfigure({ plugins: view.state.plugins })
    view.setProps({ dispatchTransaction: (tr) => this.dispatch(tr) })
    view.updateState(this.state)
  }

  /** Take in what the writer did, and send it in a moment. What can't be stored is not done. */
  dispatch(tr) {
    const had = this.doc
    if (!this.replica.write(tr)) this.onUnfit()
    this.show()
    if (this.doc === had) return
    this.exchange.soon()
    this.tell()
  }

  /** @param {import("./replica.js").Accepted[]} batches @returns {boolean} false: some are missing in between */
  receive(batches) {
    try {
      const { isWhole, moved } = this.replica.receive(batches, this.exchange.pending)
      if (moved) this.#moved()
      return isWhole
    } catch (error) {
      console.error(error)
      this.refuse(LOST)
      return true
    }
  }

  #moved() {
    this.exchange.pending = null
    this.show()
    const { dropped } = this.replica
    this.replica.dropped = ""
    if (dropped.trim()) this.onDropped(dropped)
  }

  /** Stop: what was typed is kept to be copied, and the text becomes what the server has. */
  refuse(why) { return refuse(this, why) }

  /** Write on, after a refusal. @returns {Promise<boolean>} false where the text can't be had just now */
  resume() { return resume(this) }

  /** Send what there is. @returns {Promise<boolean>} whether everything is with the server; false if that can't be had just now */
  flush() {
    if (!this.isUnsent) return Promise.resolve(true)
    const sent = this.#standing.wait()
    if (this.refusal) this.tell()
    else this.exchange.push()
    return sent
  }

  /** Nobody looks at it any more. It stays in the background until everything is with the server. */
  async leave() {
    this.#view = null
    this.#isLeft = true
    const sent = await this.flush()
    this.tell()
    return sent
  }

  /** Somebody says that the text has this version; without one, that something may have been missed. */
  hear(version) { this.exchange.hear(version) }

  /** Where a place of that version stands here; null where that can't be told. */
  remoteSelectionMap(version, position) { return this.replica.places.here(this.replica, version, position) }

  /** Where a place here stands for others. @returns {{version: number, position: number}} */
  placeForOthers(position) { return this.replica.places.there(this.replica, position) }

  /** Whoever waits, or watches the status, is told what became of it. */
  tell() {
    const sent = !this.isUnsent
    this.isOver = this.isOver || (this.#isLeft && sent)
    if (this.isOver) forget(this)
    const stuck = Boolean(this.refusal || this.exchange.failures)
    this.#standing.tell({ sent, stuck, status: `${this.status} ${this.refusal?.why ?? ""}` })
  }

  /** Let the view show what stands here now. */
  show() {
    if (this.#view && !this.#view.isDestroyed) this.#view.updateState(this.state)
  }
}
