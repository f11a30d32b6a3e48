/** Single steps at random, and what the editor's rule makes of them, for the authority's rule to agree: `covering STEPS SEED`. One line of JSON. */
import { covered } from "../src/cover.js"
import { schemaFor } from "../src/schema.js"
import { actAtRandom } from "./acts.mjs"
import { chance, Clock } from "./clock.mjs"
import { TEXTS } from "./texts.mjs"
import { World } from "./world.mjs"
import { Writer } from "./writer.mjs"

function main() {
  const [most, seed] = process.argv.slice(2).map(Number)
  new Clock().take()
  globalThis.fetch = () => new Promise(() => {})
  const rows = []
  for (let run = 0; rows.length < most; run++) {
    const random = chance(seed + run)
    const kind = random() < 0.3 ? "line" : "body"
    const loaded = { kind, version: 0, content: TEXTS[kind], may_write: true, name: "Text" }
    const writer = new Writer("w", loaded, new World(schemaFor(kind), TEXTS[kind]), random)
    const dispatch = writer.dispatch
    writer.dispatch = (tr) => {
      tr.steps.forEach((step, i) => {
        if (!step.slice?.size) return
        const before = tr.docs[i]
        const made = covered(step, before, tr.docs[i + 1] ?? tr.doc)
        rows.push({ kind, before: before.toJSON(), step: step.toJSON(), after: made.apply(before).doc.toJSON(), added: made !== step })
      })
      dispatch(tr)
    }
    for (let act = 0; act < 12; act++) actAtRandom(writer)
  }
  process.stdout.write(`${JSON.stringify(rows.slice(0, most))}\n`)
}

main()
