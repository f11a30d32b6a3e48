/**
 * `node run.mjs NAME FAULT ARGUMENTS…`: bundle a test with the editor's own sources, as the editor is bundled, and run it.
 * `node run.mjs NAME browser`: bundle it for a browser, and write the script as one line of JSON.
 */
import { build } from "esbuild"
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"

const HERE = path.dirname(fileURLToPath(import.meta.url))

/** Faults that the tests must find: what takes the place of a file. */
const FAULTS = {
  none: {},
  "no-cover": { "cover.js": () => "export const covered = (step) => step" },
  "not-inclusive": { "schemas.json": (text) => text.replace('"inclusive": true', '"inclusive": false') },
  "first-run-too-short": { "cover.js": (text) => text.replace("end: leaf.start + space }", "end: leaf.start + 1 }") },
  "forgets-what-was-replaced": { "cover.js": (text) => text.replace("deleted.add(ref)", "ref") },
  "keeps-sending-what-was-refused": { "exchange.js": (text) => text.replaceAll("session.refuse(", "void (") },
  "forgets-the-connection": { "exchange.js": (text) => text.replace("return this.#failed(() => this.push())", "return undefined") },
  "new-name-on-retry": { "exchange.js": (text) => text.replace("this.pending ??= nextBatch", "this.pending = nextBatch") },
}

const [name, fault, ...rest] = process.argv.slice(2)
const seeded = {
  name: "seeded fault",
  setup: ({ onLoad }) => {
    for (const [file, change] of Object.entries(FAULTS[fault])) {
      onLoad({ filter: new RegExp(`/${file}$`) }, ({ path: at }) => {
        const text = readFileSync(at, "utf8"), contents = change(text)
        if (contents === text) throw new Error(`the fault ${fault} changes nothing`)
        return { contents, loader: file.endsWith(".json") ? "json" : "js" }
      })
    }
  },
}

const from = { absWorkingDir: path.join(HERE, ".."), entryPoints: [`test/${name}.mjs`], bundle: true, logLevel: "warning" }

async function inBrowser() {
  const { outputFiles } = await build({ ...from, format: "iife", write: false })
  process.stdout.write(`${JSON.stringify(outputFiles[0].text)}\n`)
}

async function here() {
  const folder = mkdtempSync(path.join(tmpdir(), "safetycase-editor-"))
  try {
    const outfile = path.join(folder, `${name}.mjs`)
    await build({ ...from, outfile, platform: "node", format: "esm", target: "node18", plugins: [seeded] })
    const { status } = spawnSync(process.execPath, ["--enable-source-maps", outfile, ...rest], { stdio: "inherit" })
    process.exitCode = status ?? 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await (fault === "browser" ? inBrowser() : here())
