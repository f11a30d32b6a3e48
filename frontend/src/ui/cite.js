/** After a citation: the link that it offers. A pathway or claim comes to rest on a claim, evidence to bear on a claim. */
import { opened } from "./current.js"
import { el } from "./element.js"
import { ask, sentenceFor } from "./page.js"
import { closePopover, selectionRect, showBox } from "./popover.js"
import { tell } from "./status.js"

const ROLES = [["load_bearing", "Load-bearing"], ["supporting", "Supporting"], ["context", "Context"]]
const BEARINGS = [["for", "For it"], ["against", "Against it"]]

/** Offer it below the cursor, without taking the focus: Tab goes there, typing on dismisses it. */
export function offerLink(view, { ref, linked, offers, to }) {
  if (linked || !offers) return
  const isSupport = offers === "support"
  const box = el("div", { class: "writing-pop offer", role: "dialog", "aria-label": "Link what is cited", "data-writing": "" },
    el("p", {}, isSupport ? `${to} does not rest on ${ref} yet. Its role:` : `${ref} does not bear on ${to} yet. It speaks:`))
  const acts = el("div", { class: "acts" })
  for (const [value, label] of isSupport ? ROLES : BEARINGS) {
    const button = el("button", { type: "button", class: "btn small" }, label)
    button.addEventListener("click", () => link(ref, isSupport ? { role: value } : { direction: value }))
    acts.append(button)
  }
  const no = el("button", { type: "button", class: "btn bare small" }, "Not now")
  no.addEventListener("click", () => closePopover(true))
  acts.append(no)
  box.append(acts)
  showBox(box, selectionRect(view))
  whileShown(view, box)
}

/** As soon as anything else is typed, it goes; Tab enters it. */
function whileShown(view, box) {
  const onKey = (event) => {
    if (!box.isConnected) return void view.dom.removeEventListener("keydown", onKey, true)
    if (event.key === "Tab" && !event.shiftKey) {
      event.preventDefault()
      event.stopPropagation()
      box.querySelector("button").focus()
    } else if (event.key === "Escape") {
      event.preventDefault()
      event.stopPropagation()
      closePopover(true)
    } else if (event.key.length === 1 || event.key === "Enter" || event.key === "Backspace") closePopover()
  }
  view.dom.addEventListener("keydown", onKey, true)
}

async function link(ref, says) {
  closePopover(true)
  const open = opened()
  try {
    if (open) await open.session.flush()
    const said = await ask("cite/", { data: { text: open.key, ref, ...says } })
    tell(said.sentence, { kind: "success" })
  } catch (error) {
    tell(error.said?.errors ? Object.values(error.said.errors).flat().join(" ") : sentenceFor(error), { kind: "error" })
  }
}
