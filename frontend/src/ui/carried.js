/** Places in the open text that are carried through everything that is written: the words a dialog is about, the words of comments. */
import { Plugin, PluginKey } from "prosemirror-state"

const key = new PluginKey("carried")

const moved = (one, mapping) => {
  const from = mapping.map(one.from, 1)
  return { ...one, from, to: Math.max(from, mapping.map(one.to, -1)) }
}

/** Its state: { about: { from, to } or null, cards: [{ card, from, to }] }. */
export function carriedPlugin() {
  return new Plugin({
    key,
    state: {
      init: () => ({ about: null, cards: [] }),
      apply: (tr, had) => {
        const now = { ...had, ...tr.getMeta(key) }
        if (!tr.docChanged) return now
        return { about: now.about && moved(now.about, tr.mapping), cards: now.cards.map((one) => moved(one, tr.mapping)) }
      },
    },
  })
}

/** What is carried in that state. */
export function carriedIn(state) {
  return key.getState(state)
}

/** Begin to carry: { about } or { cards } in place of what was. */
export function carry(view, what) {
  view.dispatch(view.state.tr.setMeta(key, what).setMeta("addToHistory", false))
}
