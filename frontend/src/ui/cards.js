/** Comments beside the words: their places are carried along while a text is written in, here or by others. */
import { Mapping, Step } from "prosemirror-transform"
import { schemaFor } from "../schema.js"
import { carriedIn, carry } from "./carried.js"
import { opened, whenOpened, whenUpdated } from "./current.js"
import { ask } from "./page.js"

const CARDS = ".note[data-text][data-from][data-to]"
const cardsOf = (key) => [...document.querySelectorAll(CARDS)].filter((card) => card.dataset.text === key)
let shown = null
let waiting = 0

/** Of which version the places of a card are: of that which the page shows, unless it says. */
export function stamp(found = document) {
  for (const card of found.querySelectorAll(CARDS)) {
    const { text } = card.dataset
    card.dataset.version ??= opened()?.key === text ? opened().session.version : found.querySelector(`[data-kind][data-text="${text}"]`)?.dataset.version ?? 0
  }
}

function write(card, from, to, version) {
  Object.assign(card.dataset, { from, to: Math.max(from, to), version })
}

/** Tell the margin that words moved: it lights them up anew. */
export function wordsMoved(delay = 250) {
  clearTimeout(waiting)
  waiting = setTimeout(() => document.dispatchEvent(new CustomEvent("words:moved")), delay)
}

/** Carry the cards of a closed text to a version; asks for the steps between only if it has cards. */
export async function carryCards(key, kind, version) {
  const cards = cardsOf(key).filter((card) => Number(card.dataset.version) < version)
  if (!cards.length) return
  const since = Math.min(...cards.map((card) => Number(card.dataset.version)))
  const { batches } = await ask(`texts/${key}/steps/?since=${since}`)
  const schema = schemaFor(kind)
  for (const card of cards) {
    const later = batches.filter((batch) => batch.version > Number(card.dataset.version) && batch.version <= version)
    const mapping = new Mapping(later.flatMap((batch) => batch.steps).map((step) => Step.fromJSON(schema, step).getMap()))
    write(card, mapping.map(Number(card.dataset.from), 1), mapping.map(Number(card.dataset.to), -1), version)
  }
}

/** From now on the editor carries them. */
function take({ view, key, session }) {
  const here = (card, at) => session.remoteSelectionMap(Number(card.dataset.version), Number(at)) ?? Number(at)
  carry(view, { cards: cardsOf(key).map((card) => ({ card, from: here(card, card.dataset.from), to: here(card, card.dataset.to) })) })
}

/** The text is left: their places in what the server has. */
export function settleCards({ view, session }) {
  for (const { card, from, to } of carriedIn(view.state).cards) {
    const start = session.placeForOthers(from)
    write(card, start.position, session.placeForOthers(to).position, start.version)
  }
}

/** Keep them and paint them again. */
export function startCards() {
  stamp()
  whenOpened((open) => { if (open) take(open) })
  document.addEventListener("htmx:afterSettle", () => {
    stamp()
    if (opened()) take(opened())
  })
  whenUpdated(({ view: { state }, session }) => {
    if (shown === state.doc) return
    shown = state.doc
    for (const { card, from, to } of carriedIn(state).cards) write(card, from, to, session.version)
    wordsMoved()
  })
}

