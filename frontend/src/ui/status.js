/** What the editor says: whether all is saved, beside the buttons; and sentences, below the page, for eyes and ears. */
import { whenOpened } from "./current.js"
import { el } from "./element.js"

const SENTENCES = {
  saved: "Saved",
  saving: "Saving…",
  offline: "You are offline. What you write is kept here and sent when you are back.",
}
const state = document.querySelector(".writing-state")
const heard = document.querySelector("[data-heard]")
const toasts = document.querySelector(".toasts")
let last = "saved"
let wasOffline = false

/** Watch every text that is opened. */
export function startStatus() {
  whenOpened((open) => {
    if (!open) return
    watch(open.session)
    show(open.session)
  })
}

function show(session) {
  const now = session.status
  state.dataset.state = now
  state.textContent = now === "offline" ? "Offline: kept here" : SENTENCES[now] ?? "Not saved"
  if (now === last) return
  if (now === "offline") tell(SENTENCES.offline, { kind: "warning", stays: "offline" })
  else dismiss("offline")
  if (now === "offline") wasOffline = true
  else if (now === "saved" && wasOffline) {
    wasOffline = false
    tell("You are back. Everything is saved.", { kind: "success" })
  }
  last = now
}

const watched = new WeakSet()

/** Also while nothing of it is open any more. */
function watch(session) {
  if (watched.has(session)) return
  watched.add(session)
  session.onStatus(show)
}

/** Only for ears: what just changed. Said again if it is the same. */
export function announce(sentence) {
  heard.textContent = ""
  setTimeout(() => { heard.textContent = sentence }, 30)
}

/** A sentence for eyes and ears; `stays`: until it is dismissed by that name; `acts`: [label, what it does], one of which ends it. */
export function tell(sentence, { kind = "", stays = "", acts = [] } = {}) {
  if (stays) dismiss(stays)
  const made = el("p", { class: `toast ${kind}`, "data-stays": stays }, el("span", {}, sentence))
  for (const [label, does] of acts.length ? acts : [["✕", () => made.remove()]]) {
    const button = el("button", { type: "button", class: "btn small", "aria-label": label === "✕" && "Dismiss" }, label)
    button.addEventListener("click", does)
    made.append(button)
  }
  toasts.append(made)
  if (!stays) setTimeout(() => made.remove(), kind === "error" ? 12000 : 7000)
  return made
}

/** Take away what stays by that name. */
export function dismiss(name) {
  for (const one of toasts.querySelectorAll(`[data-stays="${name}"]`)) one.remove()
}
