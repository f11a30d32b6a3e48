/** Writing in a hidden span: said above the text and to those who listen, and left by a visible act (→ at its end, Escape). */
import { leaveHidden, writesHidden } from "../hiding.js"
import { opened, whenOpened, whenUpdated } from "./current.js"
import { losers, markOf } from "./legend.js"
import { announce } from "./status.js"

const NEXT = "After hidden words. Begin with a space: what touches them is hidden too."
let last = ""
const line = document.querySelector(".writing-inside")
const [words, leaveIt] = line?.children ?? []

const known = (refs) => refs.filter((ref) => markOf(ref))

function leave() {
  const { view } = opened()
  leaveHidden(false)(view.state, view.dispatch)
  view.focus()
}

/** Whether the cursor touches hidden words that it has left. */
function hasLeft(state) {
  const { $cursor } = state.selection
  return Boolean($cursor && state.storedMarks && $cursor.marks().some((mark) => mark.type.name === "redaction" && markOf(mark.attrs.ref)))
}

function sentence(state) {
  const refs = known(writesHidden(state))
  if (!refs.length) return hasLeft(state) ? NEXT : ""
  const who = [...new Set(refs.flatMap((ref) => losers(ref).split(", ")))].join(", ")
  return `Writing in ${refs.join(" and ")}: hidden from ${who}.`
}

function refresh({ view, element }) {
  const said = sentence(view.state)
  leaveIt.hidden = !leaveHidden(false)(view.state)
  if (said === last) return
  announce(said || (last === NEXT ? "" : "Shown words again."))
  last = said
  line.hidden = !said
  line.classList.toggle("left", said === NEXT)
  words.textContent = said
  element.classList.toggle("writes-hidden", Boolean(said) && said !== NEXT)
}

/** Keep the line below the buttons. */
export function startInside() {
  leaveIt.addEventListener("click", leave)
  whenOpened(() => {
    last = ""
    line.hidden = true
  })
  whenUpdated(refresh)
}
