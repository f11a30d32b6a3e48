/** What others do appears: texts that are not open here are fetched again, the margin and the contents too, always quietly. */
import { ask, page, placesOf } from "./page.js"
import { carryCards, stamp, wordsMoved } from "./cards.js"
import { opened } from "./current.js"
import { readLegend } from "./legend.js"
import { watchWhile } from "./waiting.js"

const due = new Map()

/** Show the server's HTML of a text wherever it stands on the page. */
export async function showAgain(key) {
  const { version, html } = await ask(`texts/${key}/html/?${new URLSearchParams({ page })}`)
  const places = placesOf(key)
  if (places.length) await carryCards(key, places[0].dataset.kind, version).catch(() => {})
  for (const place of places) if (place !== opened()?.element) put(place, html, version)
  wordsMoved(0)
}

function put(place, html, version) {
  if (Number(place.dataset.version) > version) return
  place.innerHTML = html
  place.dataset.version = version
  place.classList.toggle("blank", !place.textContent.trim() && !place.querySelector("img, [data-leaf]"))
}

/** Somebody selects words there, or a dialog is about them: not now. */
function isInUse(key) {
  if (document.querySelector("dialog[open]")) return true
  const selection = document.getSelection()
  return !selection.isCollapsed && placesOf(key).some((place) => selection.containsNode(place, true))
}

/** A text has this version now. */
export function textChanged(key, version) {
  if (opened()?.key === key) return
  if (!placesOf(key).some((place) => Number(place.dataset.version) < version)) return
  clearTimeout(due.get(key))
  const look = () => {
    due.delete(key)
    if (opened()?.key === key) return
    if (isInUse(key)) due.set(key, setTimeout(look, 1500))
    else showAgain(key).catch(() => {})
  }
  due.set(key, setTimeout(look, 250))
}

/** The page as the server has it now, to take parts from. */
async function again() {
  const response = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" }, credentials: "same-origin" })
  if (!response.ok) throw new Error(String(response.status))
  const found = new DOMParser().parseFromString(await response.text(), "text/html")
  stamp(found)
  return found
}

function swap(found, selector) {
  const [here, there] = [document.querySelector(selector), found.querySelector(selector)]
  if (!here || !there || here.innerHTML === there.innerHTML) return
  here.innerHTML = there.innerHTML
  window.htmx?.process(here)
}

const isTyped = (place) => Boolean(place?.contains(document.activeElement) && document.activeElement !== document.body) ||
  [...(place?.querySelectorAll("textarea, input:not([type=hidden])") ?? [])].some((control) => control.value !== control.defaultValue)

/** Something was made, moved, changed or retired: the whole page is fetched, once nothing is open. */
export const structureChanged = watchWhile(() => Boolean(opened()) || Boolean(document.querySelector("dialog[open]")) || !document.getSelection().isCollapsed || isTyped(document.querySelector("article[data-writes]")), async () => {
  const found = await again()
  swap(found, ".rail")
  swap(found, "article[data-writes]")
  document.dispatchEvent(new CustomEvent("page:again"))
  wordsMoved(0)
})

/** A title or a heading may be another one. */
export const contentsChanged = watchWhile(() => false, async () => swap(await again(), ".rail"))

/** Somebody said something: the margin is fetched, once nobody types in it. */
export const talkChanged = watchWhile(() => isTyped(document.querySelector(".notes")), async () => {
  swap(await again(), ".notes")
  document.dispatchEvent(new CustomEvent("htmx:afterSettle"))
})

/** Anything may have been missed. */
export function everythingChanged() {
  readLegend()
  structureChanged()
  talkChanged()
}

