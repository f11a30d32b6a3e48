/** The schemas of stored texts: prose/schemas.json, which the server reads too, and how they look here. */
import { Schema } from "prosemirror-model"
import raw from "../../prose/schemas.json"
import { checked } from "./attrs.js"
import { MARK_LOOKS, nodeLooks } from "./dom.js"

const made = new Map()

/**
 * @param {"line" | "body"} kind
 * @param {{base: string, below: number}} [page] see nodeLooks
 * @returns {Schema} the same one for the same page, so that nodes of one text fit another
 */
export function schemaFor(kind, page = { base: "", below: 0 }) {
  const name = `${kind} ${page.below} ${page.base}`
  if (!made.has(name)) made.set(name, make(kind, page))
  return made.get(name)
}

function make(kind, page) {
  const looks = nodeLooks(page)
  const dressed = (specs, dress) => Object.fromEntries(specs.map(([name, spec]) => [name, { ...checked(spec), ...dress[name] }]))
  return new Schema({ nodes: dressed(raw[kind], looks), marks: dressed(raw.marks, MARK_LOOKS) })
}

/** How far below the page's own heading the headings of a text stand: its first level stands right below it. */
export function headingsBelow(content) {
  const levels = (content.content ?? []).filter((node) => node.type === "heading").map((node) => node.attrs?.level ?? 2)
  return levels.length ? 2 - Math.min(...levels) : 0
}
