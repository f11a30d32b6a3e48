/* A long table of contents scrolls in itself: the line of the page being read is brought into view, the page stays where it is. */
(() => {
  "use strict";
  const rail = document.querySelector(".rail");
  const line = rail?.querySelector("[aria-current]");
  if (!line) return;
  const below = line.getBoundingClientRect().bottom - rail.getBoundingClientRect().bottom;
  if (below > 0) rail.scrollTop += below + rail.clientHeight / 3;
})();
