/** Writing on live pages: begins wherever who reads may also write. */
import { listen } from "../stream.js"
import { startCards } from "./cards.js"
import { startForms } from "./forms.js"
import { everythingChanged, structureChanged, talkChanged, textChanged } from "./fresh.js"
import { othersAreHere, startHere } from "./here.js"
import { startInside } from "./inside.js"
import { startOpening } from "./opening.js"
import { base, mayWrite, page } from "./page.js"
import { startRefused } from "./refused.js"
import { startStatus, tell } from "./status.js"
import { startToolbar } from "./toolbar.js"
import { startWords } from "./words.js"

if (mayWrite) {
  startWords()
  startStatus()
  startToolbar()
  startInside()
  startRefused()
  startForms()
  startCards()
  startOpening()
  startHere()
  listen(base, page, {
    text: textChanged,
    structure: structureChanged,
    talk: talkChanged,
    here: othersAreHere,
    resync: everythingChanged,
    gone: () => tell("This case is not open to you any more. What you wrote and was not saved can still be copied.", { kind: "error", stays: "gone" }),
  })
}
