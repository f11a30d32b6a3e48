/** All scenes: `session`. One line of JSON: scene → nothing, or what went wrong. */
import { clock } from "./scenes.mjs"
import { LISTENING } from "./scenes-of-listening.mjs"
import { SENDING } from "./scenes-of-sending.mjs"
import { WRITING } from "./scenes-of-writing.mjs"

const told = {}
process.on("exit", () => process.stdout.write(`${JSON.stringify(told)}\n`))

async function main() {
  clock.take()
  for (const [name, scene] of Object.entries({ ...SENDING, ...WRITING, ...LISTENING })) {
    told[name] = "it never ended"
    try {
      await scene()
      told[name] = ""
    } catch (error) {
      told[name] = error.stack
    }
    clock.forget()
  }
}

main()
