/** Dialogs of the page while a text is open: they are sent without leaving the page, about the words where these stand then. */
import { opened } from "./current.js"
import { readLegend } from "./legend.js"
import { answerOf, Refused, sentenceFor } from "./page.js"
import { tell } from "./status.js"
import { goAfter, trackedNow, trackSelection } from "./words.js"

/** Open one of the page's dialogs about the selected words. */
export function openAbout(id) {
  const dialog = document.getElementById(id)
  if (!dialog || !window.aboutWords?.(dialog)) return tell("Select some words first.", { kind: "warning" })
  trackSelection()
  dialog.showModal()
  dialog.querySelector("[autofocus], textarea, select, input:not([type=hidden])")?.focus()
}

async function send(form, submitter) {
  const open = opened()
  const isAboutIt = form.elements.text?.value === open.key
  if (isAboutIt && !(await open.session.flush())) throw new Refused(0, { why: "What you wrote is not with the server yet. Try again once it is saved." })
  const data = new FormData(form, submitter)
  const place = isAboutIt && trackedNow()
  if (place) for (const [name, value] of Object.entries(place)) data.set(name, value)
  const response = await fetch(form.action, { method: "POST", body: data, headers: { "X-Editor": "1", Accept: "application/json" }, credentials: "same-origin" })
  return answerOf(response)
}

/** What is wrong, beside the fields; what belongs to no field above them. */
function showErrors(form, errors) {
  for (const old of form.querySelectorAll("[data-said-wrong]")) old.remove()
  for (const box of form.querySelectorAll(".field.wrong")) box.classList.remove("wrong")
  let first = null
  for (const [name, sentences] of Object.entries(errors)) {
    const found = name && (form.elements[name] ?? form.elements[{ start: "from", end: "to" }[name]])
    const control = found instanceof RadioNodeList ? found[0] : found
    const box = control?.closest?.(".field")
    const said = document.createElement("div")
    said.className = "error"
    said.setAttribute("role", "alert")
    said.dataset.saidWrong = ""
    for (const sentence of sentences) said.append(Object.assign(document.createElement("p"), { textContent: sentence }))
    if (box) {
      box.classList.add("wrong")
      const after = box.querySelector(".hint") ?? box.querySelector("label, legend")
      after ? after.after(said) : box.prepend(said)
      first ??= control
    } else form.querySelector("h2")?.after(said)
  }
  first?.focus()
}

async function take(event) {
  const form = event.target
  const dialog = form.closest("dialog")
  if (!dialog || !opened() || event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return
  event.preventDefault()
  if (form.dataset.busy) return
  form.dataset.busy = "true"
  try {
    const said = await send(form, event.submitter)
    if (typeof said === "string") return void location.reload()
    await done(form, dialog, said)
  } catch (error) {
    if (error instanceof Refused && error.said?.errors) showErrors(form, error.said.errors)
    else showErrors(form, { "": [sentenceFor(error)] })
  } finally {
    delete form.dataset.busy
  }
}

/** The dialog stays until what was done to the text is here, or for a moment: what is typed next comes after it. */
async function done(form, dialog, said) {
  showErrors(form, {})
  const open = opened()
  const isAboutIt = open && form.elements.text?.value === open.key
  if (isAboutIt) await arrived(open.session, said.version)
  dialog.close()
  if (isAboutIt && opened() === open) goAfter(open, said.ref)
  if (said.ref?.startsWith("R-")) readLegend()
  if (said.sentence) tell(said.sentence, { kind: "success" })
  form.reset()
  form.setAttribute("data-sent", "")
}

async function arrived(session, version) {
  if (version) session.hear(version)
  for (let waits = 0; waits < 20 && session.version < version; waits += 1) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Hear of every form; give the focus back to the text when a dialog goes. */
export function startForms() {
  document.addEventListener("submit", take)
  document.addEventListener("close", (event) => {
    if (event.target instanceof HTMLDialogElement) opened()?.view.focus()
  }, true)
}
