/** A small box beside words: Escape and a click elsewhere close it, and the focus goes back to the text. Its inside is a template of the page. */
import { opened } from "./current.js"
import { el } from "./element.js"

let shown = null

/** Show the template `pop-NAME` so, at a rectangle of the window; the first control gets the focus. Returns the box. */
export function popover(name, label, rect, role = "dialog") {
  const box = el("div", { class: "writing-pop", role, "aria-label": label, "data-writing": "" })
  const inside = document.getElementById(`pop-${name}`)
  if (inside) box.append(inside.content.cloneNode(true))
  return showBox(box, rect)
}

/** The same with a box that was made already. */
export function showBox(box, rect) {
  closePopover()
  box.addEventListener("keydown", onKey)
  document.getElementById("main").append(box)
  shown = box
  place(rect)
  return box
}

/** Take the box away; if it had the focus, or `back`, the text gets it. */
export function closePopover(back = false) {
  if (!shown) return
  const had = shown.contains(document.activeElement)
  shown.remove()
  shown = null
  if (back || had) opened()?.view.focus()
}

/** What is typed in the form of a box is handed over when it is sent. */
export function whenSent(box, send) {
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault()
    send(Object.fromEntries(new FormData(event.target)))
  })
  box.querySelector("input:checked, input, textarea").focus()
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || (event.target.enterKeyHint !== "done" && !event.ctrlKey && !event.metaKey) || event.shiftKey) return
    event.preventDefault()
    box.querySelector("form").requestSubmit()
  })
}

function onKey(event) {
  if (event.key !== "Escape") return
  event.preventDefault()
  event.stopPropagation()
  closePopover(true)
}

/** Below the words, above them where there is no room; never outside the window. */
export function place({ left, top, bottom }) {
  const { offsetWidth: wide, offsetHeight: high } = shown
  const x = Math.max(12, Math.min(left, document.documentElement.clientWidth - wide - 12))
  const y = bottom + 6 + high > window.innerHeight && top - high - 6 > 0 ? top - high - 6 : bottom + 6
  const home = shown.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 }
  shown.style.left = `${x - home.left}px`
  shown.style.top = `${y - home.top}px`
}

/** Where the selection of a view is, in the window. */
export function selectionRect(view) {
  const { from, to } = view.state.selection
  const start = view.coordsAtPos(from), end = view.coordsAtPos(to, -1)
  return { left: Math.min(start.left, end.left), top: start.top, bottom: Math.max(start.bottom, end.bottom) }
}

document.addEventListener("pointerdown", ({ target }) => { if (shown && !shown.contains(target)) closePopover() }, true)
