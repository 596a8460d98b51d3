/** The longest text that is taken, in characters. */
export const longest = 65_536

const fill = (piece: string) => piece.repeat(Math.ceil(longest / piece.length)).slice(0, longest)

/** Texts of the greatest length made of what readers find hard to put down. */
export const hardTexts: readonly (readonly [name: string, text: string])[] = [
  ['digits', fill('1')],
  ['digits and blanks', fill('12 ')],
  ['dates in a row', fill('1/2/')],
  ['every every every', fill('every ')],
  ['weekdays', fill('monday ')],
  ['weekdays with commas', fill('mon, ')],
  ['weekdays and weekdays', fill('every monday and ')],
  ['months', fill('may ')],
  ['opening quotes', fill('" “ « ')],
  ['nested quotes', fill('"a “b ')],
  ['opening mentions', fill('<@')],
  ['at signs', fill('a@')],
  ['addresses', fill('a.b@c.d ')],
  ['ranks', fill('first and second ')],
  ['the last', fill('the last of the ')],
  ['amounts', fill('1 day and ')],
  ['before before', fill('2 days before ')],
  ['after a day after', fill('a day after ')],
  ['end of end of', fill('end of ')],
  ['from to', fill('from 1 to ')],
  ['until', fill('until ')],
  ['except', fill('every day except ')],
  ['clock times', fill('9:00 ')],
  ['at nine and', fill('at 9 and ')],
  ['hyphens', fill('9-')],
  ['one word', fill('a')],
  ['many words', fill('lorem ipsum dolor ')],
  ['called called', fill('called ')],
  ['with names', fill('with Ann and ')],
  ['meeting meeting', fill('meeting ')],
  ['in in in', fill('in the ')],
  ['America/', fill('America/New_')],
  ['signs', fill('+-+-')],
  ['slashes', fill('http://')],
]
