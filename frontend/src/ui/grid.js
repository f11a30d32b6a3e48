/** A table as a grid, and what is done to its rows and columns. Cells may span several of both. */
import { around } from "./commands.js"

/** @returns {{ table: object, start: number, rows: object[][], width: number, cells: Set<object> } | null} of the table around the cursor */
function gridOf(state) {
  const found = around(state, "table")
  if (!found) return null
  const rows = Array.from({ length: found.node.childCount }, () => []), cells = new Set()
  let at = found.start + 1
  found.node.forEach((row, _offset, r) => {
    let c = 0, pos = at + 1
    row.forEach((node) => {
      while (rows[r][c]) c += 1
      const cell = { node, pos, row: r, col: c, high: Math.min(node.attrs.rowspan, rows.length - r), wide: node.attrs.colspan }
      cells.add(cell)
      for (let y = 0; y < cell.high; y += 1) for (let x = 0; x < cell.wide; x += 1) rows[r + y][c + x] = cell
      c += cell.wide
      pos += node.nodeSize
    })
    at += row.nodeSize
  })
  return { table: found.node, start: found.start, rows, cells, width: Math.max(...rows.map((row) => row.length)) }
}

function cellHere(state, grid) {
  const { pos } = state.selection.$from
  return [...grid.cells].find((cell) => cell.pos < pos && pos < cell.pos + cell.node.nodeSize)
}

const act = (change) => (state, dispatch) => {
  const grid = gridOf(state)
  const cell = grid && cellHere(state, grid)
  if (cell && dispatch) {
    const { tr } = state
    change(tr, grid, cell)
    dispatch(tr.scrollIntoView())
  }
  return Boolean(cell)
}

const span = (tr, { pos, node }, name, by) => tr.setNodeAttribute(tr.mapping.map(pos), name, node.attrs[name] + by)
/** Where a row begins, as the document is now; after the last one the end of the table. */
const rowStart = ({ start, table }, row) => {
  let at = start + 1
  for (let r = 0; r < row; r += 1) at += table.child(r).nodeSize
  return at
}
/** Where in a row a new cell for that column goes. */
const placeIn = (grid, row, col) => {
  const next = grid.rows[row].slice(col).find((cell) => cell.row === row && cell.col >= col)
  return next ? next.pos : rowStart(grid, row) + grid.table.child(row).nodeSize - 1
}

function putRow(tr, grid, row, model) {
  const { table_cell, table_row } = tr.doc.type.schema.nodes
  const cells = []
  for (let col = 0; col < grid.width; col += 1) {
    const above = grid.rows[row - 1]?.[col], below = grid.rows[row]?.[col]
    if (above && above === below) {
      if (above.col === col) span(tr, above, "rowspan", 1)
    } else {
      const like = grid.rows[model][col]?.node.type
      const isHeaded = col === 0 && like?.name === "table_header" && grid.rows[model][1]?.node.type.name !== "table_header"
      cells.push((isHeaded ? like : table_cell).createAndFill())
    }
  }
  tr.insert(tr.mapping.map(rowStart(grid, row)), table_row.create(null, cells))
}

function putColumn(tr, grid, col, model) {
  for (let row = 0; row < grid.rows.length; row += 1) {
    const left = grid.rows[row][col - 1], right = grid.rows[row][col]
    if (left && left === right) {
      if (left.row === row) span(tr, left, "colspan", 1)
    } else tr.insert(tr.mapping.map(placeIn(grid, row, col)), (grid.rows[row][model]?.node.type ?? tr.doc.type.schema.nodes.table_cell).createAndFill())
  }
}

const dropTable = (tr, { start, table }) => tr.delete(start, start + table.nodeSize)

function dropRow(tr, grid, row) {
  if (grid.rows.length === 1) return dropTable(tr, grid)
  for (const cell of grid.cells) {
    if (cell.row < row && cell.row + cell.high > row) span(tr, cell, "rowspan", -1)
    if (cell.row !== row || cell.high === 1) continue
    const kept = cell.node.type.create({ ...cell.node.attrs, rowspan: cell.high - 1 }, cell.node.content)
    tr.insert(tr.mapping.map(placeIn(grid, row + 1, cell.col)), kept)
  }
  const at = rowStart(grid, row)
  tr.delete(tr.mapping.map(at), tr.mapping.map(at + grid.table.child(row).nodeSize, -1))
}

function dropColumn(tr, grid, col) {
  if (grid.width === 1) return dropTable(tr, grid)
  for (const cell of grid.cells) {
    if (cell.col > col || cell.col + cell.wide <= col) continue
    if (cell.wide > 1) span(tr, cell, "colspan", -1)
    else tr.delete(tr.mapping.map(cell.pos), tr.mapping.map(cell.pos + cell.node.nodeSize))
  }
}

/** Headers become cells, or cells headers. */
const header = (isIn) => act((tr, grid) => {
  const { table_cell, table_header } = tr.doc.type.schema.nodes
  const cells = [...grid.cells].filter(isIn)
  const type = cells.every((cell) => cell.node.type === table_header) ? table_cell : table_header
  for (const { pos, node } of cells) tr.setNodeMarkup(pos, type, node.attrs)
})

export const headerRow = header((cell) => cell.row === 0)
export const headerColumn = header((cell) => cell.col === 0)
export const addRowBefore = act((tr, grid, { row }) => putRow(tr, grid, row, row))
export const addRowAfter = act((tr, grid, { row, high }) => putRow(tr, grid, row + high, row))
export const addColumnBefore = act((tr, grid, { col }) => putColumn(tr, grid, col, col))
export const addColumnAfter = act((tr, grid, { col, wide }) => putColumn(tr, grid, col + wide, col))
export const deleteRow = act((tr, grid, { row }) => dropRow(tr, grid, row))
export const deleteColumn = act((tr, grid, { col }) => dropColumn(tr, grid, col))
export const deleteTable = act(dropTable)
