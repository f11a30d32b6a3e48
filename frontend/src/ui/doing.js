/** What each button and menu item does, by its data-does, and when it is on. */
import { redo, undo } from "prosemirror-history"
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, headerColumn, headerRow } from "./grid.js"
import { around, blocks, elision, footnote, hasMark, list, mark, nextHeading, quote, rule, table, transcript } from "./commands.js"
import { opened } from "./current.js"
import { askAlt, pickFile } from "./figures.js"
import { openAbout } from "./forms.js"
import { askFormula } from "./formula.js"
import { startHiding } from "./hide.js"
import { askLink } from "./link.js"

/** A command that asks first: it always applies. */
export const asks = (what) => (state, dispatch, view) => {
  if (dispatch) what(view)
  return true
}
const inFigure = (state) => Boolean(around(state, "figure")) || state.selection.node?.type.name === "image"
const aboutWords = (what) => (state, dispatch, view) => !state.selection.empty && asks(what)(state, dispatch, view)

export const leave = asks(() => opened().leave(true))
export const showKeys = asks(() => document.getElementById("writing-keys").showModal())

export const DOES = {
  strong: mark("strong"), em: mark("em"), code: mark("code"), link: asks(askLink),
  heading: nextHeading, bullet_list: list("bullet_list"), ordered_list: list("ordered_list"), blockquote: quote, code_block: blocks("code_block"),
  table, transcript, rule, footnote,
  figure: asks(pickFile), formula: asks(askFormula),
  alt: (state, dispatch, view) => inFigure(state) && asks(askAlt)(state, dispatch, view),
  elision: (state, dispatch) => Boolean(around(state, "turn")) && elision(state, dispatch),
  undo, redo, leave, keys: showKeys,
  redact: aboutWords(startHiding), say: aboutWords(() => openAbout("say")),
  headerRow, headerColumn,
  addRowBefore, addRowAfter, addColumnBefore, addColumnAfter, deleteRow, deleteColumn, deleteTable,
}

/** Whether a button is pressed; undefined for those that can't be. */
export function isOn(state, name) {
  if (state.schema.marks[name]) return hasMark(state, name)
  return ["heading", "bullet_list", "ordered_list", "blockquote"].includes(name) ? Boolean(around(state, name)) : undefined
}
