/** Comments beside the words: their places are carried along while a text is written in, here or by others. */
import { Mapping, Step } from "prosemirror-transform"
import { schemaFor } from "../schema.js"
import { carriedIn, carry } from "./carried.js"
import { opened, whenOpened, whenUpdated } from "./current.js"
import { ask } from "./page.js"

const cardsOf = (key) => [...document.querySelectorAll(`.note[data-text="${key}"][data-from][data-to]`)]
let shown = null
let waiting = 0

function write(card, from, to) {
  card.dataset.from = from
  card.dataset.to = to
}

/** Tell the margin that words moved: it lights them up anew. */
export function wordsMoved(delay = 250) {
  clearTimeout(waiting)
  waiting = setTimeout(() => document.dispatchEvent(new CustomEvent("words:moved")), delay)
}

/** Carry the cards of a closed text from one version to another; asks for the steps between only if it has cards. */
export async function carryCards(key, kind, from, to) {
  const cards = cardsOf(key)
  if (!cards.length || from >= to) return
  const { batches } = await ask(`texts/${key}/steps/?since=${from}`)
  const schema = schemaFor(kind)
  const steps = batches.filter((batch) => batch.version <= to).flatMap((batch) => batch.steps)
  const mapping = new Mapping(steps.map((step) => Step.fromJSON(schema, step).getMap()))
  for (const card of cards) write(card, mapping.map(Number(card.dataset.from), 1), mapping.map(Number(card.dataset.to), -1))
}

/** From now on the editor carries them. */
function take({ view, key, session }) {
  const here = (at) => session.remoteSelectionMap(session.version, Number(at)) ?? Number(at)
  carry(view, { cards: cardsOf(key).map((card) => ({ card, from: here(card.dataset.from), to: here(card.dataset.to) })) })
}

/** Keep them and paint them again. */
export function startCards() {
  whenOpened((open) => { if (open) take(open) })
  document.addEventListener("htmx:afterSettle", () => { if (opened()) take(opened()) })
  whenUpdated(({ view: { state } }) => {
    if (shown === state.doc) return
    shown = state.doc
    for (const { card, from, to } of carriedIn(state).cards) write(card, from, to)
    wordsMoved()
  })
}
