/** What a session does with what is written, and when the writer leaves. */
import assert from "node:assert/strict"
import { redo, undo } from "prosemirror-history"
import { Fragment, Slice } from "prosemirror-model"
import { pass, Server, writerAt } from "./scenes.mjs"

export const WRITING = {
  async "words typed where others delete the passage are told, and not lost in silence"() {
    const server = new Server("first", "second passage", "third"), { session, type } = writerAt(server)
    let dropped = ""
    session.onDropped = (words) => { dropped += words }
    type("my words ", 15)
    server.accept("00000000-0000-4000-8000-000000000009", [{ stepType: "replace", from: 7, to: 23 }])
    await pass(2000)
    assert.equal(dropped, "my words ")
    assert.equal(session.status, "saved")
  },

  async "leaving waits until everything is with the server"() {
    const server = new Server("words"), { session, type } = writerAt(server)
    type("a")
    const left = session.leave()
    await pass(100)
    assert.equal(await left, true)
    assert.deepEqual([session.isOver, server.doc.textContent], [true, "awords"])
  },

  async "leaving without a connection says so, and sends it later by itself"() {
    const server = new Server("words"), { session, type } = writerAt(server)
    server.fates = ["lost", "lost"]
    type("a")
    const left = session.leave()
    await pass(10)
    assert.equal(await left, false)
    assert.deepEqual([session.isOver, session.isUnsent], [false, true])
    await pass(60000)
    assert.deepEqual([session.isOver, session.isUnsent, server.doc.textContent], [true, false, "awords"])
  },

  async "a long time offline is sent in parts of two hundred steps"() {
    const server = new Server("words"), { session, type } = writerAt(server)
    for (let i = 0; i < 450; i++) type("x")
    await pass(5000)
    assert.deepEqual(server.sent.map(({ steps }) => steps.length), [200, 200, 50])
    assert.equal(session.status, "saved")
  },

  async "undo takes back one's own words and leaves those of others"() {
    const server = new Server("words"), { session, view, type, text } = writerAt(server)
    type("mine ")
    server.write(1, "theirs ")
    await pass(2000)
    server.write(1, "also theirs ")
    session.hear(3)
    await pass(2000)
    undo(view.state, view.dispatch)
    assert.equal(text(), "also theirs theirs words")
    redo(view.state, view.dispatch)
    await pass(2000)
    assert.deepEqual([server.doc.textContent, session.status], [text(), "saved"])
    assert.match(text(), /mine/)
  },

  async "formatting that is undone goes to the server in steps that it takes"() {
    const server = new Server("some words here"), { session, view } = writerAt(server)
    const { strong } = session.schema.marks
    view.dispatch(view.state.tr.addMark(3, 6, strong.create()))
    await pass(3000)
    view.dispatch(view.state.tr.addMark(1, 9, strong.create()))
    undo(view.state, view.dispatch)
    await pass(1000)
    assert.ok(server.sent.every(({ steps }) => steps.every(({ stepType }) => stepType !== "markSet")))
    assert.deepEqual(server.doc.toJSON(), session.doc.toJSON())
    assert.equal(session.status, "saved")
  },

  async "places of others are told in this text, and places here in theirs"() {
    const server = new Server("words"), { session, type } = writerAt(server)
    server.write(1, "12 ")
    session.hear(1)
    await pass(1000)
    type("345 ", 4)
    assert.equal(session.remoteSelectionMap(0, 3), 10)
    assert.equal(session.remoteSelectionMap(1, 2), 2)
    assert.equal(session.remoteSelectionMap(7, 2), null)
    assert.deepEqual(session.placeForOthers(10), { version: 1, position: 6 })
  },

  async "what can't be stored is not done, and is told"() {
    const server = new Server("words"), { session, view, text } = writerAt(server)
    let told = 0
    session.onUnfit = () => { told += 1 }
    const { figure } = session.schema.nodes
    view.dispatch(view.state.tr.insert(0, figure.createAndFill()))
    await pass(1000)
    assert.deepEqual([told, text(), server.sent.length], [1, "words", 0])
  },

  async "no edit takes a mark off words that stay"() {
    const server = new Server("words"), { session, view } = writerAt(server)
    const mark = session.schema.marks.redaction.create({ ref: "R-2ABC" })
    server.accept("00000000-0000-4000-8000-000000000001", [{ stepType: "addMark", mark: mark.toJSON(), from: 1, to: 6 }])
    session.hear(1)
    await pass(1000)
    view.dispatch(view.state.tr.removeMark(1, 6))
    view.dispatch(view.state.tr.removeMark(1, 6, mark))
    await pass(1000)
    assert.deepEqual([session.doc.rangeHasMark(1, 6, mark.type), server.sent.length], [true, 0])
  },

  async "words hidden in another case are not pasted, citations of another case become words"() {
    const server = new Server("words"), { session, view, text } = writerAt(server)
    const { schema } = session
    const mark = (ref) => schema.marks.redaction.create({ ref })
    const there = new Set(["/redactions/R-2ABC/"]), foreign = []
    const { fetch } = globalThis
    globalThis.fetch = (url, options) => {
      if (url.startsWith("/pick")) return Promise.resolve({ ok: true, status: 200, json: async () => ({ rows: [] }) })
      return url.startsWith("/redactions") ? Promise.resolve({ ok: there.has(url) }) : fetch(url, options)
    }
    session.onForeign = (names) => foreign.push(...names)
    const paste = async (...nodes) => {
      const slice = new Slice(Fragment.from(nodes), 0, 0)
      const taken = view.state.plugins.some(({ props }) => props.handlePaste?.(view, null, slice))
      await pass(100)
      return taken
    }
    assert.equal(await paste(schema.text("plain ")), false)
    assert.equal(await paste(schema.text("known ", [mark("R-2ABC")])), true)
    assert.equal(await paste(schema.text("foreign ", [mark("R-9XYZ")])), true)
    assert.equal(await paste(schema.nodes.citation.create({ ref: "C-4TN" })), true)
    assert.deepEqual(foreign, ["R-9XYZ"])
    assert.match(text(), /known C-4TN|C-4TNknown /)
    assert.doesNotMatch(text(), /foreign/)
  },
}
