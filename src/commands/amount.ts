/** "1 day", "12 working days", "1,200 events": a noun whose plural ends in "s". */
export function amount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
