/** Doing something soon, once, and not while something else goes on. */

/** A function that sees to it that `act` is done a moment later, as soon as `busy` says no. */
export function watchWhile(busy, act, pause = 400) {
  let timer = 0
  const look = () => {
    timer = 0
    if (busy()) timer = setTimeout(look, 1500)
    else Promise.resolve(act()).catch(() => {})
  }
  return () => {
    clearTimeout(timer)
    timer = setTimeout(look, pause)
  }
}
