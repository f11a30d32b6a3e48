/** Several writers at once, at random, against the Python authority: `random-editing RUNS ACTS SEED COMMAND…`, ACTS of each writer in a run. One line of JSON at the end. */
import { isSame } from "../src/same.js"
import { schemaFor } from "../src/schema.js"
import { Node } from "prosemirror-model"
import { actAtRandom } from "./acts.mjs"
import { Authority } from "./authority.mjs"
import { chance, Clock } from "./clock.mjs"
import { Network } from "./network.mjs"
import { REFS, TEXTS } from "./texts.mjs"
import { unitsOf } from "./units.mjs"
import { World } from "./world.mjs"
import { Writer } from "./writer.mjs"

const LONG = 120000

const clock = new Clock()

async function oneRun(seed, acts, authority, sums) {
  const random = chance(seed)
  Math.random = random
  globalThis.crypto.getRandomValues = (bytes) => bytes.map(() => random() * 256)
  const kind = random() < 0.12 ? "line" : "body"
  await authority.ask({ op: "reset", kind, content: TEXTS[kind] })
  const loaded = { kind, version: 0, content: TEXTS[kind], may_write: true, name: "Text" }
  const world = new World(schemaFor(kind), TEXTS[kind])
  const network = new Network(authority, clock, random, (batch) => heard(batch))
  network.kind = kind
  globalThis.fetch = network.fetch
  const writers = Array.from({ length: 3 + Math.floor(random() * 3) }, (_, i) => new Writer(`w${i}`, loaded, world, random))

  function heard(batch) {
    if (batch.version <= world.version) return
    world.take(batch)
    for (const { session } of writers) {
      for (let times = random() < 0.2 ? 0 : random() < 0.2 ? 2 : 1; times > 0; times--) setTimeout(() => session.hear(batch.version), random() * 1500)
    }
  }

  async function command() {
    const units = unitsOf(world.doc)
    const lifts = random() < 0.25
    const first = Math.floor(random() * units.length), last = Math.min(units.length - 1, first + Math.floor(random() * 9))
    const ref = lifts ? units[first].refs[0] ?? REFS[0] : REFS[Math.floor(random() * REFS.length)]
    const op = lifts ? "unmark" : "mark"
    const said = await authority.ask({ op, from: units[first].at, to: units[last].end, ref })
    if (!said.version) return
    sums[op] += 1
    world.command(said.version, op)
    const { batches } = await authority.ask({ op: "pull", version: said.version - 1 })
    heard(batches[0])
  }

  async function live(writer, left) {
    if (!left) return
    await clock.after(random() * 900)
    sums.acts += 1
    actAtRandom(writer)
    if (random() < 0.12) await command()
    await live(writer, left - 1)
  }

  for (const writer of writers) live(writer, acts).catch((error) => world.fault(`an act failed: ${error.stack}`))
  await clock.run(clock.now + acts * 900 + 1000)
  network.quiet = true
  await clock.run(clock.now + LONG)
  for (const { session } of writers) session.hear()
  await clock.run(clock.now + LONG)

  await compare(world, writers, authority, network)
  sums.sent += network.sent
  sums.stale += network.stale
  sums.lost += network.lost
  sums.hidden += world.hidden.size
  sums.words += world.by.size
  clock.forget()
  return world.faults
}

async function compare(world, writers, authority, network) {
  const { version, content } = await authority.ask({ op: "doc" })
  const accepted = Node.fromJSON(world.schema, content)
  if (network.refused) world.fault(`refused: ${network.refused}`)
  if (network.added) world.fault(`the authority had ${network.added} marks to add`)
  if (!isSame(world.doc, accepted)) world.fault("the steps do not lead to the text")
  for (const { name, session } of writers) {
    if (session.status !== "saved") world.fault(`${name} is ${session.status} ${session.refusal?.why ?? ""}`)
    if (session.version !== version) world.fault(`${name} stands at ${session.version}, not at ${version}`)
    if (!isSame(session.doc, accepted)) world.fault(`${name} has another text`)
  }
  world.requireOnce()
  const { words } = await authority.ask({ op: "shown" })
  for (const sign of words) if (world.hidden.has(sign)) world.fault("a word that must be hidden is shown")
}

async function main() {
  const [runs, acts, seed, ...start] = process.argv.slice(2)
  clock.take()
  const authority = new Authority(start, clock)
  const sums = { runs: 0, acts: 0, sent: 0, stale: 0, lost: 0, mark: 0, unmark: 0, hidden: 0, words: 0 }
  const faults = []
  const told = []
  console.error = (...what) => told.push(what.map((one) => one?.stack ?? String(one)).join(" "))
  for (let i = 0; i < Number(runs) && faults.length < 3; i++) {
    const found = await oneRun(Number(seed) + i, Number(acts), authority, sums)
    sums.runs += 1
    if (found.length || told.length) faults.push({ seed: Number(seed) + i, found: [...new Set(found)].slice(0, 5), told: told.splice(0) })
  }
  authority.end()
  process.stdout.write(`${JSON.stringify({ ...sums, faults })}\n`)
}

main()
