/** `node build.mjs` makes static/dist/editor.js and its licences; `node build.mjs check` tells whether what is committed is what the sources make. */
import { build } from "esbuild"
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises"
import path from "node:path"
import { fileURLToPath } from "node:url"

const HERE = path.dirname(fileURLToPath(import.meta.url))
const DIST = path.join(HERE, "..", "static", "dist")

/** The bundle, and the packages that it holds. */
async function bundled() {
  const result = await build({
    absWorkingDir: HERE,
    entryPoints: ["src/index.js"],
    outfile: "editor.js",
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "warning",
  })
  const packages = Object.keys(result.metafile.inputs).map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1])
  return { script: result.outputFiles[0].text, packages: [...new Set(packages.filter(Boolean))].sort() }
}

async function licences(packages) {
  const parts = packages.map(async (name) => {
    const folder = path.join(HERE, "node_modules", name)
    const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"))
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
    return `${name} ${version} (${license})\n\n${(await readFile(path.join(folder, file), "utf8")).trim()}\n`
  })
  const head = "editor.js is made from frontend/ of Safetycase (Apache-2.0) and holds these packages:\n"
  return [head, ...(await Promise.all(parts))].join(`\n${"-".repeat(72)}\n\n`)
}

const { script, packages } = await bundled()
const made = { "editor.js": script, "LICENSES.txt": await licences(packages) }
if (process.argv[2] === "check") {
  for (const [name, text] of Object.entries(made)) {
    const committed = await readFile(path.join(DIST, name), "utf8").catch(() => "")
    if (committed === text) continue
    console.error(`static/dist/${name} is not what frontend/ makes: run \`make editor\` and commit it`)
    process.exitCode = 1
  }
} else {
  await mkdir(DIST, { recursive: true })
  for (const [name, text] of Object.entries(made)) await writeFile(path.join(DIST, name), text)
}
