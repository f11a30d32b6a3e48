/** Documents as the editor draws them: `looks CONTENT…`, JSON each. One line of JSON: their HTML. */
import { DOMSerializer, Node } from "prosemirror-model"
import { headingsBelow, schemaFor } from "../src/schema.js"

/** As much of a document object as the serializer asks for, and it writes itself down. */
class Element {
  children = []
  attributes = {}
  constructor(name) { this.name = name }
  get firstChild() { return this.children[0] ?? null }
  setAttribute(name, value) { this.attributes[name] = String(value) }
  appendChild(child) { this.children.push(child); return child }
  get html() {
    const inside = this.children.map((child) => child.html).join("")
    if (!this.name) return inside
    const attributes = Object.entries(this.attributes).map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', "&quot;")}"`).join("")
    return /^(br|hr|img)$/.test(this.name) ? `<${this.name}${attributes}>` : `<${this.name}${attributes}>${inside}</${this.name}>`
  }
}
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
const document = {
  createElement: (name) => Object.assign(new Element(name), { nodeType: 1 }),
  createDocumentFragment: () => new Element(""),
  createTextNode: (text) => ({ nodeType: 3, html: escaped(text) }),
}

function drawn(content) {
  const kind = content.content.some((node) => node.type === "text") ? "line" : "body"
  const schema = schemaFor(kind, { base: "/cases/1/", below: headingsBelow(content) })
  const into = document.createDocumentFragment()
  DOMSerializer.fromSchema(schema).serializeFragment(Node.fromJSON(schema, content).content, { document }, into)
  return into.html
}

process.stdout.write(`${JSON.stringify(process.argv.slice(2).map((raw) => drawn(JSON.parse(raw))))}\n`)
