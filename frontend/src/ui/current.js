/** The text that is open just now, and who wants to hear of it. At most one is. */

let open = null
const onOpened = []
const onUpdated = []

/**
 * What is open, or null.
 * @returns {{ key: string, element: HTMLElement, kind: string, session: import("../session.js").TextSession,
 *             view: import("prosemirror-view").EditorView, leave: (back?: boolean) => Promise<void> } | null}
 */
export const opened = () => open

/** Say what is open now. */
export function setOpened(now) {
  open = now
  for (const hear of onOpened) hear(open)
}

/** Hear of every text that is opened or left (null). */
export const whenOpened = (hear) => onOpened.push(hear)

/** Hear of every change of the open text and of its selection. */
export const whenUpdated = (hear) => onUpdated.push(hear)

/** Tell those who listen that the state is another one. */
export function updated() {
  if (open) for (const hear of onUpdated) hear(open)
}

/** Whether a node of the page belongs to writing: going there does not leave the text. */
export function belongs({ target }) {
  return Boolean(open && (open.view.dom.contains(target) || target.closest?.("[data-writing], .words-bar, dialog, .notes")))
}
