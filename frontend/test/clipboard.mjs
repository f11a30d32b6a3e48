/** Bundled for a browser: HTML as the editor reads it when it is pasted, and content as it goes to the clipboard. */
import { DOMParser, DOMSerializer, Node } from "prosemirror-model"
import { schemaFor } from "../src/schema.js"

window.clipboard = {
  /** HTML → content. */
  read(kind, html) {
    const box = document.createElement("div")
    box.innerHTML = html
    return DOMParser.fromSchema(schemaFor(kind)).parse(box).toJSON()
  },
  /** Content → HTML. */
  write(kind, content) {
    const schema = schemaFor(kind), box = document.createElement("div")
    box.append(DOMSerializer.fromSchema(schema).serializeFragment(Node.fromJSON(schema, content).content))
    return box.innerHTML
  },
}
