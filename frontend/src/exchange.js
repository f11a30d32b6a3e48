/** When a text's steps are sent and others' are fetched, and what is done when no answer comes. One sending at a time. */
import { get, post } from "./asking.js"
import { nextBatch } from "./batch.js"

const PAUSE = 250 // after the first change that was not sent
const PATIENCE = 1000 // how long a word that is being composed may hold it up
const FIRST_RETRY = 500
const LAST_RETRY = 30000
const SIGNED_OUT = "You are signed out, or you may no longer write here."

export class Exchange {
  /** What was sent and is not known to be accepted. It keeps its name until it is, or until somebody else's steps came first. */
  pending = null
  /** How often in a row no answer came. */
  failures = 0
  #sending = false
  #fetching = false
  #missed = false
  #timer = 0
  #since = 0
  #newest = 0

  /** @param {import("./session.js").TextSession} session */
  constructor(session, url) {
    this.session = session
    this.url = url
  }

  /** There is something to send. */
  soon(delay = PAUSE) {
    if (this.#timer || this.#sending || this.session.isOver) return
    this.#since ||= Date.now()
    this.#later(delay, () => this.push())
  }

  /** Send now what there is, or fetch, if nothing is. */
  again() {
    return this.session.hasSteps ? this.push() : this.pull()
  }

  async push() {
    const { session } = this
    if (this.#sending || session.isOver || session.refusal) return
    this.#forget()
    if (session.isComposing && Date.now() - this.#since < PATIENCE) return this.#later(100, () => this.push())
    this.pending ??= nextBatch(session.state)
    const batch = this.pending
    if (!batch) return session.tell()
    if (!batch.json.length) return this.#nothing(batch)
    this.#since = 0
    this.#sending = true
    const answer = await post(this.url, { version: session.version, operation: batch.operation, steps: batch.json })
    this.#sending = false
    if (!session.isOver) this.#hearOf(batch, answer)
  }

  /** Steps that come to nothing need no server. */
  #nothing(batch) {
    this.pending = null
    this.session.replica.confirm(batch.count)
    return this.push()
  }

  #hearOf(batch, { kind, said }) {
    const { session } = this
    if (kind === "none") return this.#failed(() => this.push())
    this.failures = 0
    if (kind === "yes" || kind === "stale") {
      if (!session.receive(said.batches ?? [])) return this.pull()
      if (this.pending === batch) return this.#failed(() => this.push())
      return this.#onwards(kind === "yes" ? PAUSE : 20 + 60 * Math.random())
    }
    // Somebody else's steps came first meanwhile: these were never looked at, and go again under another name.
    if (this.pending !== batch) return this.push()
    session.refuse(kind === "gone" ? SIGNED_OUT : said.why || "The server refused these words.")
  }

  /** Fetch what others wrote. */
  async pull() {
    const { session } = this
    if (this.#fetching || session.isOver) return
    this.#fetching = true
    const had = session.version, told = this.#newest
    const { kind, said } = await get(`${this.url}?since=${had}`)
    this.#fetching = false
    if (session.isOver) return
    if (kind === "gone") return session.refuse(SIGNED_OUT)
    const isWhole = kind === "yes" && session.receive(said.batches ?? [])
    if (!isWhole || (session.version === had && told > had)) return this.#failed(() => this.again())
    this.failures = 0
    this.#forget()
    this.#onwards(PAUSE)
    if (this.#missed) this.hear()
  }

  /** Somebody says that the text has this version (while an answer is awaited, that probably brings it), or that something was missed. */
  hear(version) {
    if (version === undefined) {
      this.#missed = this.#fetching // what is on its way may have left before
      return this.pull()
    }
    this.#newest = Math.max(this.#newest, version)
    const fetch = () => { if (this.#newest > this.session.version) this.pull() }
    if (this.#sending) setTimeout(fetch, FIRST_RETRY)
    else fetch()
  }

  /** The network went or came back. */
  hearOfConnection() {
    this.session.tell()
    if (globalThis.navigator.onLine && !this.session.refusal) this.again()
  }

  #onwards(delay) {
    this.session.tell()
    if (this.session.hasSteps) this.soon(delay)
    if (this.#newest > this.session.version) this.pull()
  }

  #failed(retry) {
    this.failures += 1
    this.session.tell()
    const longest = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (this.failures - 1))
    this.#later(longest * (0.5 + Math.random() / 2), retry)
  }

  #later(delay, then) {
    this.#forget()
    this.#timer = setTimeout(() => { this.#timer = 0; then() }, delay)
  }

  #forget() {
    clearTimeout(this.#timer)
    this.#timer = 0
  }
}
