/** In place of `fetch`: the authority, behind a network that delays, loses and repeats what is sent and what is answered. */

export class Network {
  quiet = false
  sent = 0
  stale = 0
  added = 0
  lost = 0

  constructor(authority, clock, random, hear) {
    Object.assign(this, { authority, clock, random, hear })
    this.fetch = (url, options) => this.#fetch(url, options)
  }

  #delay() {
    if (this.quiet) return 5
    return this.random() < 0.05 ? this.random() * 18000 : this.random() * 400
  }

  #loses(share) {
    const lost = !this.quiet && this.random() < share
    if (lost) this.lost += 1
    return lost
  }

  async #fetch(url, { method = "GET", body, signal }) {
    const ended = new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("it took too long"))))
    return Promise.race([this.#carried(url, method, body), ended])
  }

  async #carried(url, method, body) {
    await this.clock.after(this.#delay())
    if (this.#loses(0.06)) throw new Error("lost on the way there")
    const answer = await this.#answer(url, method, body)
    if (!this.quiet && this.random() < 0.06) this.clock.after(this.random() * 3000).then(() => this.#answer(url, method, body))
    await this.clock.after(this.#delay())
    if (this.#loses(0.06)) throw new Error("lost on the way back")
    return { status: answer.status, ok: answer.status < 300, json: async () => answer.said }
  }

  async #answer(url, method, body) {
    if (!this.quiet && this.random() < 0.02) return { status: 503, said: {} }
    if (method === "POST") return this.#send(JSON.parse(body))
    const since = /since=(\d+)/.exec(url)
    if (since) return { status: 200, said: await this.authority.ask({ op: "pull", version: Number(since[1]) }) }
    const { version, content } = await this.authority.ask({ op: "doc" })
    return { status: 200, said: { kind: this.kind, version, content, may_write: true, name: "Text" } }
  }

  async #send({ version, operation, steps }) {
    const said = await this.authority.ask({ op: "send", version, operation, steps })
    this.sent += 1
    if (said.refused) {
      this.refused = said.refused
      return { status: 422, said: { why: said.refused } }
    }
    if (said.stale) this.stale += 1
    else this.accepted(said, operation, steps)
    return { status: said.ok ? 200 : 409, said: { version: said.version, batches: said.batches } }
  }

  accepted({ batches, grids }, operation, steps) {
    const own = batches.find((batch) => batch.operation === operation)
    this.added += own.steps.length - steps.length - grids
    for (const batch of batches) this.hear(batch)
  }
}
