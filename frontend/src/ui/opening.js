/** A text is opened where it is read, and left as quietly. */
import { TextSelection } from "prosemirror-state"
import { openText } from "../open.js"
import { carryCards, settleCards } from "./cards.js"
import { belongs, opened, setOpened } from "./current.js"
import { contentsChanged, showAgain } from "./fresh.js"
import { readLegend } from "./legend.js"
import { base, placesOf, textAround } from "./page.js"
import { closePopover } from "./popover.js"
import { tell } from "./status.js"
import { editorIn, isBlank } from "./view.js"

let coming = null
let typed = ""
let legend = null

/** Open the text of an element; `at`: where it was clicked, else the cursor stands at its beginning. */
export async function open(element, at) {
  if (opened()?.element === element || coming === element) return
  coming = element
  typed = ""
  element.setAttribute("aria-busy", "true")
  try {
    legend ??= readLegend()
    const [session] = await Promise.all([openText(base, element.dataset.text), legend])
    if (coming !== element || !element.isConnected) return
    if (!session.mayWrite) return tell("This text can't be written in.", { kind: "warning" })
    if (opened()) opened().leave()
    await carryCards(session.key, session.kind, session.version).catch(() => {})
    mount(element, session, at)
  } catch (error) {
    tell(error.message, { kind: "error" })
  } finally {
    element.removeAttribute("aria-busy")
    if (coming === element) coming = null
  }
}

function mount(element, session, at) {
  const picked = pickedIn(element)
  const { view, restore } = editorIn(element, session)
  const now = { key: session.key, version: session.version, element, kind: session.kind, session, view, leave: (back = false) => leave(now, restore, back) }
  session.onForeign = (names) => tell(`This was not pasted: it holds what another case hides or shows (${names.join(", ")}).`, { kind: "warning" })
  session.onUnfit = () => tell("That can't stand here.", { kind: "warning" })
  session.onDropped = (words) => tell(`Somebody deleted the passage that you were writing in. Your words there were: ${words}`, { kind: "warning", stays: "dropped" })
  setOpened(now)
  view.dispatch(view.state.tr.setSelection(whereTo(view, at, picked)))
  view.focus()
  if (typed) view.dispatch(view.state.tr.insertText(typed))
}

/** Words that were selected in the text before it was opened, by a double click. */
function pickedIn(element) {
  const found = window.positions.selectionRange()
  return found?.text === element.dataset.text && found.version === Number(element.dataset.version) ? found : null
}

function whereTo(view, at, picked) {
  const { doc } = view.state
  if (picked && picked.to <= doc.content.size) return TextSelection.between(doc.resolve(picked.from), doc.resolve(picked.to))
  const found = at && view.posAtCoords(at)
  return found ? TextSelection.near(doc.resolve(found.pos)) : TextSelection.atStart(doc)
}

/** Stop writing: what was typed is sent, and the server's HTML stands there again. `back`: the focus stays at the text. */
async function leave(was, restore, back) {
  if (opened() !== was) return
  const { element, session, view, key } = was
  closePopover()
  settleCards(was)
  setOpened(null)
  const drawn = frozen(view)
  document.getSelection().removeAllRanges()
  const blank = isBlank(view.state.doc)
  view.destroy()
  restore()
  element.replaceChildren(...drawn)
  element.classList.toggle("blank", blank)
  if (back) element.focus({ preventScroll: true })
  if (!(await session.leave())) return againOnceSent(session)
  await showAgain(key).catch(() => {})
  if (session.version > was.version) contentsChanged()
}

/** What was drawn, without what only an editor draws. */
function frozen(view) {
  const copy = view.dom.cloneNode(true)
  for (const extra of copy.querySelectorAll(".their-cursor, .note-end, [class^=ProseMirror-], .uploading")) extra.remove()
  for (const one of copy.querySelectorAll("*")) for (const name of ["contenteditable", "style", "draggable"]) one.removeAttribute(name)
  return copy.childNodes
}

/** Offline: as soon as everything is with the server. */
function againOnceSent(session) {
  const stop = session.onStatus(() => {
    if (session.isUnsent || opened()?.session === session) return
    stop()
    showAgain(session.key).catch(() => {})
  })
}

const NOT_WORDS = "a, button, summary, input, label, select, textarea, [popover], .is-here"

function onClick(event) {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
  const element = textAround(event.target)
  if (!element || opened()?.element === element || event.target.closest(NOT_WORDS)) return
  if (!document.getSelection().isCollapsed && event.detail < 2) return
  open(element, { left: event.clientX, top: event.clientY })
}

/** What is typed while a text opens is written as soon as it is open. */
function onEarlyKey(event) {
  if (!coming || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || ![coming, document.body].includes(event.target)) return
  if (event.key === "Backspace") typed = typed.slice(0, -1)
  else if (event.key.length === 1) typed += event.key
  else return
  event.preventDefault()
  event.stopPropagation()
}

/** Tab reaches every text, Enter opens it. */
function onKey(event) {
  if (event.defaultPrevented || event.key !== "Enter" || event.target !== textAround(event.target) || event.target === opened()?.element) return
  event.preventDefault()
  open(event.target)
}

function makeReachable() {
  for (const element of placesOf()) {
    if (element === opened()?.element) continue
    element.tabIndex = 0
    element.setAttribute("aria-describedby", "how-to-write")
  }
}

/** Listen for clicks and keys. */
export function startOpening() {
  makeReachable()
  document.addEventListener("page:again", makeReachable)
  document.addEventListener("click", onClick)
  document.addEventListener("keydown", onEarlyKey, true)
  document.addEventListener("keydown", onKey)
  document.addEventListener("pointerdown", (event) => { if (opened() && !belongs(event)) opened().leave() }, true)
  document.addEventListener("focusin", (event) => { if (opened() && !belongs(event) && event.target !== document.body && event.target.id !== "main") opened().leave() })
}
