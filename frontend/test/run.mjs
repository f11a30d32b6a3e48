/** `node run.mjs NAME FAULT ARGUMENTS…`: bundle a test with the editor's own sources, as the editor is bundled, and run it. */
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

const folder = mkdtempSync(path.join(tmpdir(), "safetycase-editor-"))
try {
  const outfile = path.join(folder, `${name}.mjs`)
  await build({ absWorkingDir: path.join(HERE, ".."), entryPoints: [`test/${name}.mjs`], outfile, bundle: true, platform: "node", format: "esm", target: "node18", plugins: [seeded], logLevel: "warning" })
  const { status } = spawnSync(process.execPath, ["--enable-source-maps", outfile, ...rest], { stdio: "inherit" })
  process.exitCode = status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
