/** Figures by button, drop or paste: the file goes to the case, then a figure with an empty caption stands where it was put. */
import { Plugin, PluginKey, TextSelection } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"
import { around } from "./commands.js"
import { el } from "./element.js"
import { ask, sentenceFor } from "./page.js"
import { closePopover, popover, whenSent } from "./popover.js"
import { announce, tell } from "./status.js"

const key = new PluginKey("uploads")
const TAKES = "image/png,image/jpeg"

/** What is being sent stands where it will stand. */
export function uploadPlugin() {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, set) => {
        const now = set.map(tr.mapping, tr.doc)
        const act = tr.getMeta(key)
        if (act?.add) return now.add(tr.doc, [Decoration.widget(act.add.at, act.add.dom, { id: act.add.id, key: `upload ${act.add.id}` })])
        return act?.remove ? now.remove(now.find(null, null, (spec) => spec.id === act.remove)) : now
      },
    },
    props: {
      decorations: (state) => key.getState(state),
      handlePaste: (view, event) => take(view, filesOf(event.clipboardData, true), view.state.selection.from),
      handleDrop: (view, event, _slice, moved) => !moved && take(view, filesOf(event.dataTransfer), view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos),
    },
  })
}

/** Files alone: Word and the browser put a picture of copied words beside them. */
function filesOf(data, isPaste = false) {
  if (isPaste && data?.types.some((type) => type === "text/html" || type === "text/plain")) return []
  return [...(data?.files ?? [])]
}

function take(view, files, at) {
  if (!files.length) return false
  if (!view.state.schema.nodes.figure) return tell("A figure can stand in a longer text, not in a line.", { kind: "warning" }), true
  for (const file of files) upload(view, file, at ?? view.state.selection.from)
  return true
}

/** Choose a file, then put it where the cursor is. */
export function pickFile(view) {
  const input = el("input", { type: "file", accept: TAKES })
  input.addEventListener("change", () => take(view, [...input.files], view.state.selection.to))
  input.click()
}

async function upload(view, file, at) {
  const id = {}
  const bar = el("progress", { "aria-label": `Sending ${file.name}` })
  const dom = el("div", { class: "uploading", contenteditable: "false" }, el("span", {}, `Sending ${file.name}…`), bar)
  view.dispatch(view.state.tr.setMeta(key, { add: { id, at: placeFor(view.state.doc, at), dom } }))
  try {
    const form = new FormData()
    form.append("file", file)
    const answer = await ask("pictures/", { form })
    const found = key.getState(view.state)?.find(null, null, (spec) => spec.id === id)[0]
    if (view.isDestroyed || !found) return void tell("The text was left before the figure was there. Drop it again.", { kind: "warning" })
    put(view, found.from, answer.key, id)
  } catch (error) {
    tell(sentenceFor(error), { kind: "error" })
    if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, { remove: id }))
  }
}

/** Between blocks, after the one that the position is in. */
function placeFor(doc, at) {
  const $at = doc.resolve(Math.min(at, doc.content.size))
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    const after = $at.after(depth)
    const $after = doc.resolve(after)
    if ($after.parent.canReplaceWith($after.index(), $after.index(), doc.type.schema.nodes.figure)) return after
  }
  return $at.pos
}

function put(view, at, file, id) {
  const { figure, image, caption } = view.state.schema.nodes
  const node = figure.create(null, [image.create({ file, alt: "" }), caption.create()])
  const tr = view.state.tr.insert(at, node).setMeta(key, { remove: id })
  view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 3))).scrollIntoView())
  announce("The figure is there. Write its caption.")
  askAlt(view, at + 1)
}

/** Ask for the words that are read where the figure can't be seen. */
export function askAlt(view, at = imageAt(view.state)) {
  const node = view.state.doc.nodeAt(at)
  if (node?.type.name !== "image") return
  const box = popover("alt", "Describe the figure", view.nodeDOM(at).parentElement.getBoundingClientRect())
  box.querySelector("textarea").value = node.attrs.alt
  whenSent(box, ({ alt }) => {
    if (view.state.doc.nodeAt(at)?.type.name === "image") view.dispatch(view.state.tr.setNodeAttribute(at, "alt", alt.trim()))
    closePopover(true)
  })
}

function imageAt(state) {
  if (state.selection.node?.type.name === "image") return state.selection.from
  const figure = around(state, "figure")
  return figure ? figure.start + 1 : 0
}
