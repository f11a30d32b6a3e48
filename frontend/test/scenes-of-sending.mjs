/** What a session does when answers are lost, late, doubled or a no. */
import assert from "node:assert/strict"
import { pass, Server, writerAt } from "./scenes.mjs"

export const SENDING = {
  async "typed words are sent after a moment, in one batch"() {
    const server = new Server("words"), { session, type } = writerAt(server)
    type("a", 1)
    await pass(100)
    type("b", 2)
    assert.equal(session.status, "saving")
    assert.equal(server.sent.length, 0)
    await pass(300)
    assert.equal(server.sent.length, 1)
    assert.equal(server.doc.textContent, "abwords")
    assert.equal(session.status, "saved")
  },

  async "an answer that is lost is asked for again under the same name, and nothing is taken in twice"() {
    const server = new Server("words"), { session, type, text } = writerAt(server)
    server.fates = ["answer lost"]
    type("new ")
    await pass(5000)
    assert.equal(server.sent.length, 2)
    assert.equal(server.sent[0].operation, server.sent[1].operation)
    assert.deepEqual([server.doc.textContent, text(), session.status], ["new words", "new words", "saved"])
  },

  async "an answer is lost while others write: the same name is said again, and their words come in"() {
    const server = new Server("words"), { session, type, text } = writerAt(server)
    server.fates = ["answer lost"]
    type("new ")
    await pass(260)
    server.write(5, "others ")
    await pass(5000)
    assert.equal(new Set(server.sent.map(({ operation }) => operation)).size, 1)
    assert.deepEqual([text(), session.version, session.status], ["new others words", 2, "saved"])
    assert.equal(server.doc.textContent, text())
  },

  async "an answer is lost, and what others see of it comes first: then it is not sent again"() {
    const server = new Server("words"), { session, type, text } = writerAt(server)
    server.fates = ["answer lost"]
    type("new ")
    await pass(260)
    server.write(5, "others ")
    session.hear(2)
    await pass(5000)
    assert.equal(server.sent.length, 1)
    assert.deepEqual([text(), session.status], ["new others words", "saved"])
  },

  async "what came too late is sent again under another name"() {
    const server = new Server("words"), { session, type, text } = writerAt(server)
    type("new ")
    server.write(1, "others ")
    await pass(1000)
    assert.equal(server.sent.length, 2)
    assert.notEqual(server.sent[0].operation, server.sent[1].operation)
    assert.deepEqual([server.doc.textContent, text()], [text(), text()])
    assert.equal(session.status, "saved")
  },

  async "a request that is held up while others write is void, and its late answer does no harm"() {
    const server = new Server("words"), { session, type, text } = writerAt(server)
    server.fates = [{ wait: 3000 }]
    type("new ")
    await pass(300)
    server.write(1, "others ")
    session.hear(1)
    await pass(10000)
    assert.equal(server.doc.textContent, text())
    assert.match(text(), /new /)
    assert.equal(session.status, "saved")
  },

  async "answers that come twice, or in another order, change nothing"() {
    const server = new Server("words"), { session, text } = writerAt(server)
    server.write(1, "1 ")
    server.write(1, "2 ")
    server.write(1, "3 ")
    assert.equal(session.receive([server.log[2]]), false)
    assert.equal(session.receive([server.log[1], server.log[0]]), true)
    assert.equal(session.receive([...server.log, ...server.log]), true)
    assert.equal(text(), "3 2 1 words")
  },

  async "without a connection it says so, keeps what is typed, and sends it all when it is back"() {
    const server = new Server("words"), { session, type } = writerAt(server)
    const heard = []
    session.onStatus(({ status }) => heard.push(status))
    server.fates = Array(6).fill("lost")
    type("a", 1)
    await pass(3000)
    type("b", 2)
    assert.equal(session.status, "offline")
    await pass(120000)
    assert.equal(session.status, "saved")
    assert.equal(server.doc.textContent, "abwords")
    assert.deepEqual(heard, ["saving", "offline", "saving", "saved"])
  },

  async "a server that is overloaded is asked again, under the same name"() {
    const server = new Server("words"), { session, type } = writerAt(server)
    server.fates = [503, 503]
    type("a")
    await pass(10000)
    assert.equal(new Set(server.sent.map(({ operation }) => operation)).size, 1)
    assert.equal(session.status, "saved")
  },

  async "what the server refuses is kept to be copied, and the text is what the server has"() {
    const server = new Server("words"), { session, view, type, text } = writerAt(server)
    server.fates = [422]
    type("my words and ")
    await pass(1000)
    assert.deepEqual(session.refusal, { why: "No.", words: "my words and " })
    assert.deepEqual([session.status, text(), session.isUnsent], ["refused", "words", true])
    assert.equal(view.state.plugins.some(({ props }) => props.editable?.(view.state) === false), true)
    await pass(60000)
    assert.equal(server.sent.length, 1)
    assert.equal(await session.resume(), true)
    type("again ")
    await pass(1000)
    assert.deepEqual([session.status, server.doc.textContent], ["saved", "again words"])
  },

  async "who is no longer let in keeps what was typed"() {
    const server = new Server("words"), { session, type, text } = writerAt(server)
    server.fates = [404, 404]
    type("mine ")
    await pass(1000)
    assert.equal(session.refusal.words, "mine ")
    assert.equal(text(), "mine words")
  },
}
