/** The page that the editor stands in: which case, which page, and how the server is asked. */

const article = document.querySelector("article[data-writes]")

/** Whether who is signed in may write here. */
export const mayWrite = Boolean(article)
/** The address of the case, with a slash at its end. */
export const base = article?.dataset.writes ?? ""
/** The name of the page below it: "front", "pathways/P-7XK". */
export const page = article?.dataset.page ?? "front"

const SEEN = "[data-text][data-kind]"

/** The element of a text that stands around a node; nothing where the text is a link already. */
export function textAround(node) {
  const element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement
  const found = element?.closest(SEEN)
  return found && !found.closest("a") ? found : null
}

/** Every place on the page where a text can be written. A text may stand in several. */
export function placesOf(key = "") {
  const found = [...document.querySelectorAll(SEEN)].filter((one) => !one.closest("a"))
  return key ? found.filter((one) => one.dataset.text === key) : found
}

const PAGES = { S: "sections/", P: "pathways/", C: "claims/", E: "evidence/", R: "redactions/" }
const LISTS = { A: "assurances", N: "limitations", T: "glossary" }

/** Where a reference leads. */
export function addressOf(ref) {
  if (PAGES[ref[0]]) return `${base}${PAGES[ref[0]]}${ref}/`
  return ref[0] === "K" ? base : `${base}${LISTS[ref[0]] ?? "register"}/#${ref}`
}

/** JSON or words below the case; throws an Answer that was refused, or a TypeError where the network is gone. */
export async function ask(path, { data, form, method } = {}) {
  const headers = { "X-Editor": "1", Accept: "application/json" }
  if (data || form || method === "POST") headers["X-CSRFToken"] = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? ""
  const body = form ?? (data && new URLSearchParams(data))
  const response = await fetch(base + path, { method: method ?? (body ? "POST" : "GET"), headers, body, credentials: "same-origin" })
  return answerOf(response)
}

/** What a response holds; throws it where it was refused. */
export async function answerOf(response) {
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json")
  const said = isJson ? await response.json() : await response.text()
  if (!response.ok) throw new Refused(response.status, said)
  return said
}

/** An answer that is no: its status, and what it says. */
export class Refused extends Error {
  constructor(status, said) {
    super(said?.why ?? SENTENCES[status] ?? "That did not work. Try again in a moment.")
    this.status = status
    this.said = said
  }
}

const SENTENCES = {
  404: "This is not there any more, or not open to you any more.",
  403: "Your sign-in is over. Sign in again in another tab; nothing that you wrote here is lost.",
  413: "That is too much at once.",
}

/** A sentence for whatever went wrong. */
export function sentenceFor(error) {
  return error instanceof Refused ? error.message : "There is no connection just now."
}
