/** A small server for one text, whose answers a scene can lose, hold up or change, and writers in front of it. */
import { Node } from "prosemirror-model"
import { EditorState } from "prosemirror-state"
import { Step } from "prosemirror-transform"
import { schemaFor } from "../src/schema.js"
import { TextSession } from "../src/session.js"
import { Clock } from "./clock.mjs"

export const clock = new Clock()
const words = (...texts) => ({ type: "doc", content: texts.map((text) => ({ type: "paragraph", content: text ? [{ type: "text", text }] : [] })) })

export class Server {
  log = []
  asked = []
  /** What happens to the next requests, in order: "lost", "answer lost", a status, or nothing. */
  fates = []

  constructor(...texts) {
    this.schema = schemaFor("body")
    this.doc = Node.fromJSON(this.schema, words(...texts))
    globalThis.fetch = (url, options) => this.#fetch(url, options)
  }

  get loaded() {
    return { kind: "body", version: this.log.length, content: this.doc.toJSON(), may_write: true, name: "Argument" }
  }

  /** Somebody else writes. */
  write(at, text) {
    this.accept("00000000-0000-4000-8000-00000000000" + this.log.length, [{ stepType: "replace", from: at, to: at, slice: { content: [{ type: "text", text }] } }])
  }

  accept(operation, steps) {
    for (const step of steps) this.doc = Step.fromJSON(this.schema, step).apply(this.doc).doc
    this.log.push({ version: this.log.length + 1, operation, by: "", steps })
  }

  async #fetch(url, { method = "GET", body }) {
    const fate = this.fates.shift()
    this.asked.push({ url, method, fate, ...(body && JSON.parse(body)) })
    if (fate === "lost") throw new TypeError("lost")
    if (fate?.wait) await clock.after(fate.wait)
    const { status, said } = typeof fate === "number" ? { status: fate, said: { why: "No." } } : this.#answer(url, method, body)
    if (fate === "answer lost") throw new TypeError("lost")
    return { status, ok: status < 300, json: async () => said }
  }

  #answer(url, method, body) {
    const version = () => this.log.length
    if (!url.includes("steps")) return { status: 200, said: this.loaded }
    if (method === "GET") return { status: 200, said: { version: version(), batches: this.log.slice(Number(/\d+$/.exec(url)[0])) } }
    const { version: since, operation, steps } = JSON.parse(body)
    const again = this.log.some((batch) => batch.operation === operation)
    if (!again && since < version()) return { status: 409, said: { version: version(), batches: this.log.slice(since) } }
    if (!again) this.accept(operation, steps)
    return { status: 200, said: { version: version(), batches: this.log.slice(since) } }
  }

  /** What was sent, one line for each time. */
  get sent() {
    return this.asked.filter(({ method }) => method === "POST")
  }
}

export function writerAt(server) {
  const session = new TextSession("/", "t-text", server.loaded)
  const view = {
    state: EditorState.create({ doc: session.doc, plugins: session.plugins() }),
    updateState(state) { this.state = state },
    setProps({ dispatchTransaction }) { this.dispatch = dispatchTransaction },
  }
  session.attach(view)
  const type = (text, at = 1) => view.dispatch(view.state.tr.insertText(text, at))
  return { session, view, type, text: () => session.doc.textBetween(0, session.doc.content.size, "|") }
}

export const pass = (milliseconds) => clock.run(clock.now + milliseconds)
