/** Hiding the selected words in two keystrokes: Ctrl+Alt+H opens a box with the ground that was chosen last, Enter proposes it. */
import { opened } from "./current.js"
import { chord } from "./element.js"
import { readLegend } from "./legend.js"
import { ask, page, sentenceFor } from "./page.js"
import { closePopover, popover, selectionRect, whenSent } from "./popover.js"
import { announce, tell } from "./status.js"
import { goAfter, trackedNow, trackSelection } from "./words.js"

const LAST = "safetycase-redact"

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(LAST)) ?? {}
  } catch {
    return {}
  }
}

/** Open the box about the selected words. */
export function startHiding(view) {
  if (!document.getElementById("pop-redact")) return tell("You may not hide words in this case.", { kind: "warning" })
  if (view.state.selection.empty) return tell(`Select the words to hide, then press ${chord("Ctrl-Alt-h")}.`, { kind: "warning" })
  trackSelection()
  const last = remembered()
  const box = popover("redact", "Redact these words", selectionRect(view))
  const { ground, extent } = box.querySelector("form").elements
  if (last.ground) ground.value = last.ground
  if (last.extent) extent.value = last.extent
  whenSent(box, (data) => propose(data, box.querySelector(".error")))
}

async function propose(data, error) {
  const open = opened()
  localStorage.setItem(LAST, JSON.stringify({ ground: data.ground, extent: data.extent }))
  try {
    if (!(await open.session.flush())) return void (error.textContent = "What you wrote is not with the server yet. Try again once it is saved.")
    const place = trackedNow()
    const said = await ask("redact/", { data: { quick: "1", page, ...place, ...data } })
    closePopover(true)
    await readLegend()
    open.session.hear(said.version)
    goAfter(open)
    tell(said.sentence, { kind: "success" })
  } catch (problem) {
    const errors = problem.said?.errors
    error.textContent = errors ? Object.values(errors).flat().join(" ") : sentenceFor(problem)
    announce(error.textContent)
  }
}
