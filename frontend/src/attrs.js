/** What attributes may be: the same as VALIDATORS in prose/schema.py. */

const REFERENCE = /^[A-Z]-[2-9A-HJ-NP-Z]{3,5}$/
const FILE = /^f-[a-hjkmnp-z2-9]{16}$/
const LINK = /^(https?|mailto):/i
const SPACES = /^[\0-\x20\s]+|[\t\r\n]/g // as Python's urlsplit leaves them out
const LONGEST_LINK = 2000
export const LONGEST_WORDS = 4000

const isWords = (value) => typeof value === "string" && value.length <= LONGEST_WORDS
const isWhole = (low, high) => (value) => Number.isInteger(value) && value >= low && value <= high

/** @type {Record<string, (value: unknown) => boolean>} by attribute */
export const MAY_BE = {
  ref: (value) => REFERENCE.test(value),
  href: (value) => typeof value === "string" && LINK.test(value.replace(SPACES, "")) && value.length <= LONGEST_LINK,
  level: isWhole(1, 3),
  order: isWhole(0, 9999),
  colspan: isWhole(1, 50),
  rowspan: isWhole(1, 50),
  tex: isWords,
  alt: isWords,
  file: (value) => FILE.test(value),
}

/** The specs of a node or mark, with a check on every attribute, for `Node.check`. */
export function checked(spec) {
  if (!spec.attrs) return spec
  const attrs = Object.entries(spec.attrs).map(([name, attr]) => {
    const validate = (value) => { if (!MAY_BE[name](value)) throw new RangeError(`${name} can't be ${JSON.stringify(value)}`) }
    return [name, { ...attr, validate }]
  })
  return { ...spec, attrs: Object.fromEntries(attrs) }
}
