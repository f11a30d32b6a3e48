/** What happens in the case, as it happens: one stream of server-sent events for this page. Ids and versions only. */
import { identifier } from "./asking.js"
import { everyOpened, opened } from "./opened.js"

const LONG_HIDDEN = 30000 // a browser keeps six streams to one host, and a page that nobody looks at needs none
const FIRST_RETRY = 1000
const LAST_RETRY = 30000

/** The name of this page among the pages of whoever is signed in. */
export const tab = identifier()

/**
 * @typedef {object} Handlers all may be left out
 * @property {(key: string, version: number) => void} text
 * @property {(ref: string) => void} structure
 * @property {(id: string) => void} talk
 * @property {(people: object[]) => void} here the others, and where they are
 * @property {() => void} resync anything may have been missed
 * @property {() => void} gone this page is not open to whoever looks at it any more
 */

/**
 * Listen, until the function that is returned is called.
 * @param {string} base the address of the case, with a slash at its end
 * @param {string} page its name, as in presence
 * @param {Handlers} handlers
 * @returns {() => void}
 */
export function listen(base, page, handlers = {}) {
  let source = null, failures = 0, retry = 0, hidden = 0, isOver = false, missed = false

  const tell = (name, ...what) => handlers[name]?.(...what)
  function resync() {
    for (const session of everyOpened()) session.hear()
    tell("resync")
  }
  function close() {
    source?.close()
    source = null
    missed = true
    clearTimeout(retry)
  }
  function open() {
    if (isOver || source) return
    source = new EventSource(`${base}events/?${new URLSearchParams({ tab, page })}`)
    source.addEventListener("hello", () => {
      failures = 0
      if (missed) resync()
      else for (const session of everyOpened()) session.hear()
      missed = false
    })
    source.addEventListener("error", failed)
    source.addEventListener("text", ({ data }) => {
      const [key, version] = data.split("|")
      opened(key)?.hear(Number(version))
      tell("text", key, Number(version))
    })
    for (const name of ["structure", "talk"]) source.addEventListener(name, ({ data }) => tell(name, data))
    source.addEventListener("here", ({ data }) => tell("here", JSON.parse(data)))
    source.addEventListener("resync", resync)
    source.addEventListener("gone", () => { end(); tell("gone") })
  }
  /** The browser connects again by itself, unless the server answered with something else than a stream. */
  function failed() {
    missed = true
    if (source?.readyState !== EventSource.CLOSED) return
    close()
    const longest = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** failures++)
    retry = setTimeout(open, longest * (0.5 + Math.random() / 2))
  }
  function look() {
    clearTimeout(hidden)
    if (document.visibilityState === "hidden") hidden = setTimeout(close, LONG_HIDDEN)
    else open()
  }
  function end() {
    isOver = true
    clearTimeout(hidden)
    close()
    document.removeEventListener("visibilitychange", look)
  }

  document.addEventListener("visibilitychange", look)
  look()
  return end
}
