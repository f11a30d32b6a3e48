/** The Python authority at the other end of a pipe. */
import { spawn } from "node:child_process"
import readline from "node:readline"

export class Authority {
  #waiting = []

  /** @param {string[]} command that starts it @param {import("./clock.mjs").Clock} clock */
  constructor(command, clock) {
    this.clock = clock
    this.process = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "inherit"] })
    readline.createInterface({ input: this.process.stdout }).on("line", (line) => this.#waiting.shift()(JSON.parse(line)))
    this.process.on("exit", (code) => { if (this.#waiting.length) { console.error(`the authority ended (${code})`); process.exit(3) } })
  }

  ask(what) {
    return this.clock.outside(new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.process.stdin.write(`${JSON.stringify(what)}\n`)
    }))
  }

  end() {
    this.process.stdin.end()
  }
}
