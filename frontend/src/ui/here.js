/** Who is here: faces in the top bar, names beside the texts that somebody writes in, cursors in the open one; and telling the others of us. */
import { tab } from "../stream.js"
import { opened, whenOpened, whenUpdated } from "./current.js"
import { faceOf, showCursors } from "./cursors.js"
import { el } from "./element.js"
import { ask, page, placesOf } from "./page.js"

const OFTEN = 1000
const STILL_HERE = 20000
let people = []
let last = 0
let waiting = 0
let told = ""
const faces = el("ul", { class: "faces here", "aria-label": "Also here" })

function place() {
  const open = opened()
  if (!open) return { tab, page }
  const { anchor, head } = open.view.state.selection
  const [from, to] = [anchor, head].map((at) => open.session.placeForOthers(at))
  return { tab, page, text: open.key, version: from.version, anchor: from.position, head: to.position }
}

function say(isBeat = false) {
  waiting = 0
  const now = place()
  const said = JSON.stringify(now)
  if (said === told && !isBeat) return
  told = said
  last = Date.now()
  ask("here/", { data: now }).catch(() => { told = "" })
}

/** Soon, at most once a second. */
function saySoon() {
  if (!waiting) waiting = setTimeout(say, Math.max(80, last + OFTEN - Date.now()))
}

/** Those who are here, by name: somebody may have several tabs. */
function byName() {
  const found = new Map()
  for (const one of people) {
    const known = found.get(one.name)
    if (!known || (one.page === page && (known.page !== page || one.text))) found.set(one.name, one)
  }
  return [...found.values()].sort((one, other) => Number(other.page === page) - Number(one.page === page) || one.name.localeCompare(other.name))
}

function showFaces() {
  const all = byName()
  const shown = all.slice(0, 5).map((one) => {
    const where = one.page !== page ? `on ${pageName(one.page)}` : one.text ? "writing on this page" : "on this page"
    return el("li", { class: `face-${faceOf(one.name)}${one.page === page ? "" : " elsewhere"}`, title: `${one.name}, ${where}` }, el("span", { "aria-hidden": "true" }, one.initials), el("span", { class: "sr" }, `${one.name}, ${where}`))
  })
  if (all.length > 5) shown.push(el("li", { class: "more-faces", title: all.slice(5).map((one) => one.name).join(", ") }, `+${all.length - 5}`))
  faces.replaceChildren(...shown)
  faces.hidden = !all.length
}

const pageName = (name) => name.split("/")[1] ?? { front: "the summary", register: "claims and evidence", withheld: "what is withheld" }[name] ?? name.replace("_", " ")

/** "Mina" beside each text that somebody else has open. */
function showNames() {
  for (const old of document.querySelectorAll(".is-here")) old.remove()
  for (const element of placesOf()) {
    const names = [...new Set(people.filter((one) => one.page === page && one.text === element.dataset.text).map((one) => one.name))]
    if (!names.length || placesOf(element.dataset.text)[0] !== element) continue
    const words = `${names.join(", ")} ${names.length > 1 ? "are" : "is"} here`
    const tag = el("span", { class: `is-here ${element.dataset.kind}`, "data-skip": "" }, ...names.map((name) => el("span", { class: `dot face-${faceOf(name)}`, "aria-hidden": "true" })), words)
    element.dataset.kind === "body" ? element.before(tag) : element.after(tag)
  }
}

function showTheirs() {
  const open = opened()
  if (!open) return
  const theirs = people.filter((one) => one.text === open.key).map((one) => ({
    ...one,
    anchor: open.session.remoteSelectionMap(one.version, one.anchor) ?? -1,
    head: open.session.remoteSelectionMap(one.version, one.head) ?? -1,
  }))
  showCursors(open.view, theirs)
}

/** What the stream says of the others. */
export function othersAreHere(now) {
  people = now
  showFaces()
  showNames()
  showTheirs()
}

/** Begin to tell, and to show. */
export function startHere() {
  const end = document.querySelector(".top .end")
  end?.prepend(faces)
  faces.hidden = true
  whenOpened(() => { saySoon(); queueMicrotask(showTheirs) })
  whenUpdated(saySoon)
  document.addEventListener("page:again", showNames)
  setInterval(() => say(true), STILL_HERE)
  say(true)
}
