/** Asking the server for texts. Whether an answer is a yes, a no, or none at all is told here and nowhere else. */

const PATIENCE = 15000
const SMALL = 48 * 1024 // what a browser still sends after its page is gone

/**
 * @typedef {object} Answer
 * @property {"yes" | "stale" | "refused" | "gone" | "none"} kind `none`: nothing is known, ask again; `gone`: not there, or not for you
 * @property {object} said what came with it
 */

/** A random UUID, also where the page is not served over https. */
export function identifier() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 15) | 64
  bytes[8] = (bytes[8] & 63) | 128
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
}

const token = () => globalThis.document?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? ""

/** @returns {Promise<Answer>} */
export const get = (url) => ask(url, {})

/** @returns {Promise<Answer>} */
export function post(url, body) {
  const text = JSON.stringify(body)
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() }
  const keepalive = globalThis.document?.visibilityState === "hidden" && text.length < SMALL
  return ask(url, { method: "POST", body: text, headers, keepalive })
}

/** Whether the page is there, for whoever is signed in. */
export async function exists(url) {
  const answer = await fetch(url, { credentials: "same-origin" }).catch(() => null)
  return Boolean(answer?.ok)
}

async function ask(url, options) {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), PATIENCE)
  try {
    const headers = { Accept: "application/json", "X-Editor": "1", ...options.headers }
    const answer = await fetch(url, { ...options, headers, credentials: "same-origin", signal: ending.signal })
    const said = await answer.json().catch(() => null)
    return { kind: kindOf(answer, said), said: said ?? {} }
  } catch {
    return { kind: "none", said: {} }
  } finally {
    clearTimeout(timer)
  }
}

function kindOf({ status }, said) {
  if (status === 429 || status >= 500) return "none"
  if (status === 401 || status === 403 || status === 404) return "gone"
  if (said === null) return "none"
  if (status === 409) return "stale"
  return status < 300 ? "yes" : "refused"
}
