/** Bundled for a browser: HTML as the editor reads it when it is pasted, and content as it goes to the clipboard. */
import { DOMParser, DOMSerializer, Node, Slice } from "prosemirror-model"
import { onLeaves } from "../src/dress.js"
import { schemaFor } from "../src/schema.js"

window.clipboard = {
  /** HTML → content. */
  read(kind, html) {
    const box = document.createElement("div")
    box.innerHTML = html
    return DOMParser.fromSchema(schemaFor(kind)).parse(box).toJSON()
  },
  /** Content → HTML, as ui/view.js has it copied. */
  write(kind, content) {
    const schema = schemaFor(kind), box = document.createElement("div")
    box.append(DOMSerializer.fromSchema(schema).serializeFragment(onLeaves(new Slice(Node.fromJSON(schema, content).content, 0, 0)).content))
    return box.innerHTML
  },
}
