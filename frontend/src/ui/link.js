/** Asking where a link leads (Mod-k). */
import { closePopover, popover, selectionRect, whenSent } from "./popover.js"

/** The link around the cursor, with where it begins and ends; the selection where there is none. */
function linkAround(state, type) {
  const { $from, from, to, empty } = state.selection
  const { parent, parentOffset } = $from
  const mark = empty && (type.isInSet($from.marks()) || type.isInSet(parent.childAfter(parentOffset).node?.marks ?? []))
  if (!mark) return { from, to }
  let start = -1, end = -1
  parent.forEach((node, at) => {
    if (!mark.isInSet(node.marks)) return
    if (end !== at || start < 0) start = end >= parentOffset && start >= 0 ? start : at
    if (start === at || end === at) end = at + node.nodeSize
  })
  return { from: $from.start() + start, to: $from.start() + end, mark }
}

/** As it may be written: an address without a scheme gets one; what can't be a link is null. */
function cleanHref(href) {
  if (/^(https?:\/\/|mailto:)\S+$/i.test(href)) return href
  if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(href)) return `mailto:${href}`
  return /^[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/.test(href) ? `https://${href}` : null
}

/** Ask for the address, with what is there already. */
export function askLink(view) {
  const type = view.state.schema.marks.link
  const { from, to, mark } = linkAround(view.state, type)
  const box = popover("link", "Link", selectionRect(view))
  const input = box.querySelector("input"), open = box.querySelector("a"), without = box.querySelector("[data-without]")
  input.value = open.href = mark?.attrs.href ?? ""
  open.hidden = without.hidden = !mark
  const set = (href) => {
    const { tr } = view.state
    tr.removeMark(from, to, type)
    if (href && from === to) tr.insertText(href, from)
    if (href) tr.addMark(from, from === to ? from + href.length : to, type.create({ href }))
    view.dispatch(tr.removeStoredMark(type))
    closePopover(true)
  }
  without.addEventListener("click", () => set(null))
  whenSent(box, (data) => {
    const typed = data.href.trim()
    const href = cleanHref(typed)
    if (href || !typed) return set(href)
    box.querySelector(".error").textContent = "A link begins with https: or mailto:."
    input.ariaInvalid = "true"
    input.focus()
  })
  input.select()
}
