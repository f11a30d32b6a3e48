/** Words that the server refused: why, and a way to keep them. */
import { opened, whenOpened } from "./current.js"
import { dismiss, tell } from "./status.js"

const heard = new WeakSet()

async function copy(words, button) {
  try {
    await navigator.clipboard.writeText(words)
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: words, readOnly: true })
    button.after(area)
    area.select()
    document.execCommand("copy")
    area.remove()
  }
  button.textContent = "Copied"
}

function show(session) {
  if (!session.refusal) return dismiss("refused")
  const { why, words } = session.refusal
  const acts = [["Write on", () => writeOn(session)]]
  if (words) acts.unshift(["Copy your words", (event) => copy(words, event.target)])
  tell(words ? `${why} Your last words were not saved.` : why, { kind: "error", stays: "refused", acts })
}

async function writeOn(session) {
  if (!(await session.resume())) return tell("There is no connection just now.", { kind: "warning" })
  dismiss("refused")
  opened()?.view.focus()
}

/** Watch every text that is opened. */
export function startRefused() {
  whenOpened((open) => {
    if (!open || heard.has(open.session)) return
    heard.add(open.session)
    open.session.onStatus(show)
    if (open.session.refusal) show(open.session)
  })
}
