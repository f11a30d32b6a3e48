/** What is sent at once: steps that the server has not seen, as it takes them. */
import { identifier } from "./asking.js"
import { unsentSteps } from "./rebase.js"

const MOST_STEPS = 200
const MOST_BYTES = 200 * 1024

/**
 * @typedef {object} Batch
 * @property {string} operation its name: whoever sends the same steps again says the same name
 * @property {number} count how many of the unsent steps it holds
 * @property {object[]} json those, as they are sent
 */

/** @returns {Batch | null} the first of what was not sent yet */
export function nextBatch(state) {
  const json = []
  let count = 0, bytes = 0
  for (const step of unsentSteps(state)) {
    const plain = plainSteps(step.toJSON())
    bytes += plain.reduce((sum, one) => sum + size(one), 0)
    if (count && (json.length + plain.length > MOST_STEPS || bytes > MOST_BYTES)) break
    json.push(...plain)
    count += 1
  }
  return count ? { operation: identifier(), count, json } : null
}

const size = (step) => new TextEncoder().encode(JSON.stringify(step)).length + 1

/** The library undoes formatting by a step of several, which the server doesn't take; it takes each of them. */
function plainSteps(json) {
  return json.stepType === "markSet" ? json.steps.flatMap(plainSteps) : [json]
}
