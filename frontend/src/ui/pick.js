/** "@" in an open text: what can be cited, found while one types. A listbox below the cursor; the keys stay with the text. */
import { Plugin, PluginKey, TextSelection } from "prosemirror-state"
import { offerLink } from "./cite.js"
import { opened } from "./current.js"
import { el } from "./element.js"
import { openAbout } from "./forms.js"
import { ask } from "./page.js"
import { closePopover, place, showBox } from "./popover.js"
import { announce } from "./status.js"

const key = new PluginKey("pick")
const ASKED = /(?:^|[\s([“"‘'—–])@([^@\n\ufffc]{0,60})$/
const MAKES = { "make-claim": "Make a claim of", "make-evidence": "Make evidence of" }
let box = null
let rows = []
let at = 0
let timer = 0

/** What stands between "@" and the cursor: { from, query }; null where nothing is asked. */
function asked({ selection, schema }) {
  const { $cursor } = selection
  if (!$cursor || !$cursor.parent.inlineContent || $cursor.parent.type.spec.code || schema.marks.code.isInSet($cursor.marks())) return null
  const before = $cursor.parent.textBetween(Math.max(0, $cursor.parentOffset - 70), $cursor.parentOffset, null, "\ufffc")
  const query = ASKED.exec(before)?.[1]
  return query === undefined ? null : { from: $cursor.pos - query.length - 1, query }
}

/** Nothing is asked again where it was dismissed. */
export function pickPlugin() {
  return new Plugin({
    key,
    state: {
      init: () => ({ asks: null, dismissed: -1 }),
      apply: (tr, had, _before, state) => {
        const dismissed = tr.getMeta(key) ?? (had.dismissed < 0 ? -1 : tr.mapping.map(had.dismissed))
        const asks = asked(state)
        return { asks: asks && asks.from !== dismissed && (had.asks || tr.docChanged) ? asks : null, dismissed: asks ? dismissed : -1 }
      },
    },
    props: { handleKeyDown: onKey },
    view: () => ({ update: look, destroy: close }),
  })
}

function look(view, before) {
  const { asks } = key.getState(view.state)
  const had = key.getState(before).asks
  if (!asks) return close()
  if (asks.query === had?.query && asks.from === had?.from) return
  clearTimeout(timer)
  timer = setTimeout(() => find(view, asks), had ? 120 : 0)
}

async function find(view, { from, query }) {
  const answer = await ask(`pick/?${new URLSearchParams({ q: query, for: opened()?.key ?? "" })}`).catch(() => ({ rows: [] }))
  const now = !view.isDestroyed && key.getState(view.state).asks
  if (!now || now.query !== query) return
  const makes = query.trim() ? Object.keys(MAKES).filter((id) => document.getElementById(id)).map((make) => ({ make, query: query.trim() })) : []
  rows = [...answer.rows, ...makes]
  if (!rows.length && /\s/.test(query)) return close()
  draw(view, from, answer.rows.length)
}

function draw(view, from, found) {
  const list = el("div", { class: "writing-pop pick", role: "listbox", id: "pick", "aria-label": "What to cite", "data-writing": "", tabindex: "0" })
  rows.forEach((row, index) => list.append(option(view, row, index)))
  if (!found) list.prepend(el("p", { class: "fine" }, "Nothing is like that. Go on typing, or press Escape."))
  const { left, top, bottom } = view.coordsAtPos(from)
  if (box?.isConnected) {
    box.replaceChildren(...list.childNodes)
    place({ left, top, bottom })
  } else box = showBox(list, { left, top, bottom })
  box.addEventListener("pointerdown", (event) => event.preventDefault())
  for (const [name, value] of Object.entries({ "aria-controls": "pick", "aria-haspopup": "listbox", "aria-autocomplete": "list" })) view.dom.setAttribute(name, value)
  announce(found ? `${found} found. Arrow keys choose, Enter cites.` : "Nothing found.")
  turnTo(view, found ? 0 : -1)
}

function option(view, row, index) {
  const line = el("div", { class: row.make ? "pick-row makes" : "pick-row", role: "option", id: `pick-${index}`, "aria-selected": "false" })
  if (row.make) line.append(el("span", {}, `${MAKES[row.make]} “${row.query}”…`))
  else {
    const words = el("span", { class: "s" })
    words.innerHTML = row.html
    line.append(el("span", { class: "ref" }, row.ref), words, el("span", { class: "quiet" }, row.linked ? `${row.kind}, linked` : row.kind))
  }
  line.addEventListener("click", () => take(view, row))
  return line
}

function turnTo(view, to) {
  at = to < -1 ? rows.length - 1 : to % rows.length
  for (const line of box.querySelectorAll("[role=option]")) line.setAttribute("aria-selected", line.id === `pick-${at}`)
  const line = box.querySelector(`#pick-${at}`)
  view.dom.setAttribute("aria-activedescendant", line?.id ?? "")
  line?.scrollIntoView({ block: "nearest" })
}

function close() {
  clearTimeout(timer)
  if (!box) return
  if (box.isConnected) closePopover()
  box = null
  for (const name of ["aria-controls", "aria-haspopup", "aria-autocomplete", "aria-activedescendant"]) opened()?.view.dom.removeAttribute(name)
}

function onKey(view, event) {
  const { asks } = key.getState(view.state)
  if (!asks || !box?.isConnected || event.isComposing) return false
  if (event.key === "ArrowDown" || event.key === "ArrowUp") turnTo(view, at + (event.key === "ArrowDown" ? 1 : -1))
  else if ((event.key === "Enter" || event.key === "Tab") && rows[at]) take(view, rows[at])
  else if (event.key === "Escape") view.dispatch(view.state.tr.setMeta(key, asks.from))
  else return false
  return true
}

/** Put the citation where "@" stood; or make something of the words that were typed after it. */
function take(view, row) {
  const { asks } = key.getState(view.state)
  if (!asks) return
  const { tr, schema, selection } = view.state
  if (row.make) {
    tr.delete(asks.from, asks.from + 1)
    const end = tr.mapping.map(selection.to)
    view.dispatch(tr.setSelection(TextSelection.create(tr.doc, asks.from, end)))
    view.focus()
    return openAbout(row.make)
  }
  view.dispatch(tr.replaceWith(asks.from, selection.to, schema.nodes.citation.create({ ref: row.ref }, null, selection.$from.marks())).scrollIntoView())
  view.focus()
  offerLink(view, row)
}
