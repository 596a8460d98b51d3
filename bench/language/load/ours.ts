import { createLanguage } from '#language/language.ts'
import { locale, now, timeZone } from '../present.ts'

export const kept = createLanguage()
kept.understand({ text: 'lunch with Eve tomorrow at noon', now, timeZone, locale, addressed: true })
