/** The texts that are open in this page, and the one place where the browser is asked to warn before words are lost. */

/** @type {Map<string, import("./session.js").TextSession>} */
const sessions = new Map()

/** The session of that text, if it is open. */
export const opened = (key) => sessions.get(key)

export const everyOpened = () => [...sessions.values()]

export function remember(key, session) {
  sessions.set(key, session)
  return session
}

export function forget(session) {
  if (sessions.get(session.key) === session) sessions.delete(session.key)
}

globalThis.window?.addEventListener("beforeunload", (event) => {
  if (everyOpened().some((session) => session.isUnsent)) event.preventDefault()
})
for (const kind of ["online", "offline"]) {
  globalThis.window?.addEventListener(kind, () => everyOpened().forEach((session) => session.exchange.hearOfConnection()))
}
globalThis.document?.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") everyOpened().forEach((session) => session.flush())
})
