/** The languages that chrono-node speaks and our own grammar does not. */
const foreignLanguages = ['de', 'fr', 'ja', 'pt', 'nl', 'zh', 'ru', 'es', 'uk', 'it', 'sv', 'fi', 'vi'] as const
export type Foreign = (typeof foreignLanguages)[number]

/** The language of a locale, when chrono-node is to read it. */
export function foreignLanguage(locale: string): Foreign | undefined {
  const language = locale.slice(0, 2).toLowerCase()
  return foreignLanguages.find((each) => each === language)
}
