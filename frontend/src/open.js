/** Opening a text for writing: at most one session of it in this page. */
import { get } from "./asking.js"
import { opened, remember } from "./opened.js"
import { TextSession } from "./session.js"

/**
 * @param {string} base the address of the case, with a slash at its end
 * @param {string} key of the text
 * @returns {Promise<TextSession>} fails with a sentence
 */
export async function openText(base, key) {
  if (opened(key)) return opened(key)
  const { kind, said } = await get(`${base}texts/${key}/`)
  if (kind === "none") throw new Error("The server does not answer. Try again in a moment.")
  if (kind !== "yes") throw new Error("This text is not there, or not open to you.")
  return opened(key) ?? remember(key, new TextSession(base, key, said))
}
