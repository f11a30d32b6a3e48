/** Where others are in the open text: a line with their name, and what they have selected. */
import { Plugin, PluginKey } from "prosemirror-state"
import { Decoration, DecorationSet } from "prosemirror-view"
import { el } from "./element.js"

const key = new PluginKey("cursors")

/** Which of the four colours somebody has; never the only thing that tells people apart. */
export function faceOf(name) {
  return 1 + ([...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 4)
}

function drawn(doc, people) {
  const made = []
  for (const { tab, name, anchor, head } of people) {
    const face = faceOf(name)
    const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)]
    if (from < to) made.push(Decoration.inline(from, to, { class: `theirs theirs-${face}` }, { inclusiveEnd: false }))
    made.push(Decoration.widget(head, () => el("span", { class: `their-cursor theirs-${face}`, "data-skip": "", "data-name": name, "aria-hidden": "true" }), { side: -1, key: `${tab} ${name}`, marks: [] }))
  }
  return DecorationSet.create(doc, made)
}

/** Draws them, and carries them through what is written until they say where they are now. */
export function cursorPlugin() {
  return new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, set) => {
        const people = tr.getMeta(key)
        return people ? drawn(tr.doc, people) : set.map(tr.mapping, tr.doc)
      },
    },
    props: { decorations: (state) => key.getState(state) },
  })
}

/** Say where they are: [{ tab, name, anchor, head }], in positions of this very document. */
export function showCursors(view, people) {
  const size = view.state.doc.content.size
  const inside = people.filter(({ anchor, head }) => anchor >= 0 && head >= 0 && anchor <= size && head <= size)
  view.dispatch(view.state.tr.setMeta(key, inside).setMeta("addToHistory", false))
}
