/** What an editor of a session must have among its plugins. */
import { history } from "prosemirror-history"
import { Plugin } from "prosemirror-state"
import { hiding } from "./hiding.js"
import { incoming } from "./incoming.js"
import { REMOTE, unsentPlugin } from "./rebase.js"

/** @param {import("./session.js").TextSession} session */
export function pluginsFor(session) {
  const quiet = new Plugin({
    filterTransaction: (tr) => !tr.docChanged || Boolean(tr.getMeta(REMOTE)) || !session.replica.isReceiving,
    props: { editable: () => session.mayWrite && !session.refusal },
  })
  return [unsentPlugin(), history(), hiding(), incoming(session), quiet]
}
