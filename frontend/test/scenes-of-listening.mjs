/** What a page does with the stream of its case. */
import assert from "node:assert/strict"
import { remember } from "../src/opened.js"
import { listen } from "../src/stream.js"
import { pass, Server, writerAt } from "./scenes.mjs"

class Source {
  static CLOSED = 2
  static all = []
  readyState = 1
  listeners = {}
  constructor(url) {
    this.url = url
    Source.all.push(this)
  }
  addEventListener(name, act) { this.listeners[name] = act }
  close() { this.readyState = 2 }
  say(name, data = "-") { this.listeners[name]?.({ data }) }
  /** The server answers with something else than a stream. */
  refuse() {
    this.readyState = 2
    this.say("error")
  }
}

class Page {
  visibilityState = "visible"
  querySelector = () => null
  listeners = new Set()
  addEventListener(_name, act) { this.listeners.add(act) }
  removeEventListener(_name, act) { this.listeners.delete(act) }
  turn(state) {
    this.visibilityState = state
    for (const act of this.listeners) act()
  }
}

/** A page that listens, with one text open in it. */
function listening() {
  const server = new Server("words"), page = new Page(), told = []
  Source.all = []
  globalThis.EventSource = Source
  globalThis.document = page
  const writer = writerAt(server)
  remember("t-text", writer.session)
  const tell = (name) => (...what) => told.push([name, ...what])
  const end = listen("/cases/1/", "front", Object.fromEntries(["text", "here", "resync", "gone"].map((name) => [name, tell(name)])))
  return { server, page, told, end, ...writer, source: () => Source.all.at(-1) }
}

export const LISTENING = {
  async "what is told of an open text is fetched, and the page hears of every text"() {
    const { server, told, end, source, text } = listening()
    assert.match(source().url, /^\/cases\/1\/events\/\?tab=[0-9a-f-]{36}&page=front$/)
    server.write(1, "new ")
    source().say("text", "t-text|1")
    source().say("text", "t-other|7")
    source().say("here", "[]")
    await pass(1000)
    assert.equal(text(), "new words")
    assert.deepEqual(told, [["text", "t-text", 1], ["text", "t-other", 7], ["here", []]])
    end()
  },

  async "what was written between the page and the stream is fetched"() {
    const { server, told, end, source, text } = listening()
    server.write(1, "new ")
    source().say("hello")
    await pass(1000)
    assert.deepEqual([text(), told], ["new words", []])
    end()
  },

  async "after a gap everything is asked for again"() {
    const { server, told, end, source, text } = listening()
    source().say("hello")
    source().say("error")
    server.write(1, "missed ")
    source().say("hello")
    await pass(1000)
    assert.deepEqual([text(), told, Source.all.length], ["missed words", [["resync"]], 1])
    source().say("resync")
    assert.equal(told.length, 2)
    end()
  },

  async "a stream that is refused is asked for again, ever later"() {
    const { end, source } = listening()
    source().refuse()
    await pass(1100)
    assert.equal(Source.all.length, 2)
    source().refuse()
    await pass(900)
    assert.equal(Source.all.length, 2)
    await pass(1200)
    assert.equal(Source.all.length, 3)
    end()
  },

  async "a page that nobody looks at keeps no stream, and asks for everything when it is looked at again"() {
    const { page, told, end, source } = listening()
    source().say("hello")
    page.turn("hidden")
    await pass(31000)
    assert.equal(source().readyState, 2)
    page.turn("visible")
    assert.equal(Source.all.length, 2)
    source().say("hello")
    assert.deepEqual(told, [["resync"]])
    end()
  },

  async "who may no longer listen does not ask again"() {
    const { page, told, source } = listening()
    source().say("gone")
    source().refuse()
    page.turn("visible")
    await pass(100000)
    assert.deepEqual([told, Source.all.length, page.listeners.size], [[["gone"]], 1, 0])
  },
}
