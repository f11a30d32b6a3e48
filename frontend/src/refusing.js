/** What becomes of a session whose words the server refused. */
import { get } from "./asking.js"
import { wordsOf } from "./unsent.js"

/** @param {import("./session.js").TextSession} session */
export async function refuse(session, why) {
  session.refusal = { why, words: wordsOf(session.replica.unsent, session.doc) }
  session.exchange.pending = null
  session.tell()
  await reload(session)
}

/** @returns {Promise<boolean>} false where the text can't be had just now */
export async function resume(session) {
  if (session.hasSteps && !(await reload(session))) return false
  session.refusal = null
  session.show()
  session.tell()
  session.exchange.again()
  return true
}

async function reload(session) {
  const { kind, said } = await get(`${session.base}texts/${session.key}/`)
  if (kind === "yes") session.replica.restart(said)
  session.show()
  return kind === "yes"
}
