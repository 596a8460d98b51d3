/** Clocks of which a part is seen: one is told whole or not at all. */
export const cutClocks = `[...document.querySelectorAll('.hours > .band .chip time')].flatMap((clock) => {
  const range = document.createRange()
  range.selectNodeContents(clock)
  const [words, room, chip] = [range, clock, clock.closest('.chip')].map((one) => one.getBoundingClientRect())
  const [right, bottom] = [Math.min(room.right, chip.right), Math.min(room.bottom, chip.bottom)]
  const isSeen = words.left < right - 1 && words.top < bottom - 1
  return isSeen && (words.right > right + 1 || words.bottom > bottom + 2) ? [clock.textContent] : []
})`
