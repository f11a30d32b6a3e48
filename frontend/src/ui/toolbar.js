/** The buttons over the open text: one tab stop, arrow keys between them, Alt+F10 goes there. Their menu. */
import { opened, whenOpened, whenUpdated } from "./current.js"
import { asks, DOES, isOn } from "./doing.js"
import { chord, spokenChord } from "./element.js"
import { closePopover, popover } from "./popover.js"

const bar = document.querySelector(".writing-bar")
const buttons = () => [...bar.querySelectorAll("[data-does]")].filter((button) => button.offsetParent)

function refresh({ view: { state } }) {
  for (const button of bar.querySelectorAll("[data-does]")) {
    const { does } = button.dataset
    button.setAttribute("aria-disabled", !DOES[does](state))
    const on = isOn(state, does)
    if (on !== undefined) button.setAttribute("aria-pressed", on)
  }
}

/** Run it on the open text, which has the focus again, unless it was taken on purpose. */
function act(does) {
  const { view } = opened()
  view.focus()
  DOES[does](view.state, view.dispatch, view)
}

/** Arrow keys in a row of buttons or in a menu. */
function move(event, all, next, last) {
  const at = all.indexOf(document.activeElement)
  const to = { [next]: at + 1, [last]: at - 1, Home: 0, End: all.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  all[(to + all.length) % all.length].focus()
}

DOES.more = asks((view) => {
  const button = bar.querySelector("[data-does=more]")
  const menu = popover("more", "More", button.getBoundingClientRect(), "menu")
  for (const item of menu.querySelectorAll("[data-does]")) item.hidden = !DOES[item.dataset.does](view.state)
  name(menu)
  const items = [...menu.querySelectorAll("[role=menuitem]:not([hidden])")]
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Tab") event.preventDefault(), closePopover(true)
    else move(event, items, "ArrowDown", "ArrowUp")
  })
  menu.addEventListener("click", ({ target }) => {
    const { does } = target.closest("[role=menuitem]")?.dataset ?? {}
    if (does) closePopover(true), act(does)
  })
  items[0].focus()
})

/** Say the keys: beside the label of a button, in a menu, in the list. */
function name(box) {
  for (const one of box.querySelectorAll("[data-keys]")) {
    const keys = chord(one.dataset.keys)
    if (one.localName === "kbd") one.textContent = keys
    else {
      one.setAttribute("aria-keyshortcuts", spokenChord(one.dataset.keys))
      if (one.role === "menuitem") one.append(Object.assign(document.createElement("kbd"), { textContent: keys }))
      else one.title = `${one.ariaLabel ?? one.textContent} (${keys})`
    }
  }
  for (const one of box.querySelectorAll("[aria-label]:not([title], dialog *)")) one.title = one.ariaLabel
}

/** Go to the buttons with the keyboard. */
export const goToTools = asks(() => buttons().find((button) => button.tabIndex === 0)?.focus())

/** On a phone the bar stands above the keyboard. */
function keepAbove({ target: seen }) {
  const hidden = window.innerHeight - seen.height - seen.offsetTop
  bar.style.bottom = hidden > 0 ? `${hidden}px` : ""
}

export function startToolbar() {
  document.getElementById("main").prepend(bar)
  name(bar)
  name(document.getElementById("writing-keys"))
  bar.addEventListener("pointerdown", (event) => event.preventDefault())
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-does]")
    if (button && button.ariaDisabled !== "true") act(button.dataset.does)
  })
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.preventDefault(), opened().view.focus()
    else move(event, buttons(), "ArrowRight", "ArrowLeft")
  })
  const only = (target) => { for (const button of bar.querySelectorAll("[data-does]")) button.tabIndex = button === target ? 0 : -1 }
  bar.addEventListener("focusin", ({ target }) => { if (target.dataset.does) only(target) })
  only(bar.querySelector("[data-does]"))
  whenOpened((open) => {
    bar.hidden = !open
    if (open) bar.dataset.kind = open.kind
    bar.querySelector("[data-does=say]").hidden = !document.getElementById("say")
    if (open) refresh(open)
  })
  whenUpdated(refresh)
  for (const kind of ["resize", "scroll"]) window.visualViewport?.addEventListener(kind, keepAbove)
}
