/** A formula as it was typed (TeX): in the line, or a block of its own. */
import { inline, putBlock } from "./commands.js"
import { closePopover, popover, selectionRect, whenSent } from "./popover.js"

const isFormula = (node) => node?.type.name.startsWith("formula")

/** Ask for a new formula, or change the one that is selected. */
export function askFormula(view) {
  const { selection, schema } = view.state
  const chosen = isFormula(selection.node) ? selection.node : null
  const box = popover("formula", "Formula", selectionRect(view))
  const area = box.querySelector("textarea")
  area.value = chosen?.attrs.tex ?? ""
  box.querySelector(".choice").hidden = Boolean(chosen) || !schema.nodes.formula_block
  whenSent(box, ({ tex: typed, apart }) => {
    const tex = typed.trim()
    closePopover(true)
    if (chosen && isFormula(view.state.selection.node)) change(view, chosen, tex)
    else if (tex && apart) putBlock(view.state, view.dispatch, schema.nodes.formula_block.create({ tex }))
    else if (tex) inline("formula", { tex })(view.state, view.dispatch)
  })
}

function change({ state, dispatch }, old, tex) {
  const { tr, selection } = state
  dispatch(tex ? tr.setNodeAttribute(selection.from, "tex", tex) : tr.deleteSelection())
}
