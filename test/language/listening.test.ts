import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'
import { UnderstandingSchema } from '#web/schemas.ts'

const language = createLanguage()
const now = Temporal.Instant.from('2026-11-26T09:00:00Z')
const understand = (text: string, addressed = true) => language.understand({ text, now, timeZone: 'UTC', locale: 'en-US', addressed })

describe('listening in channels', () => {
  it.each([
    ['listen in this channel', true, null],
    ['Please listen here.', true, null],
    ['start listening in #plans', true, '#plans'],
    ['could you read along in <#81384788765712384>?', true, '<#81384788765712384>'],
    ['turn listening on here', true, null],
    ['stop listening here', false, null],
    ['don’t listen in #plans any more', false, '#plans'],
    ['switch off listening in this channel', false, null],
    ['stop listening', false, null],
  ])('%j switches it', (text, on, channel) => {
    const read = understand(text)
    expect(read).toMatchObject({ intent: 'settings.update', setting: { kind: 'listening', on }, channel })
    expect(UnderstandingSchema.parse(read).setting).toEqual({ kind: 'listening', on })
  })

  it.each([
    'which channels do you listen in?',
    'what channels are you listening to',
    'where do you listen',
    'are you listening here?',
    'list the channels you listen in',
  ])('%j asks where', (text) => {
    expect(understand(text)).toMatchObject({ intent: 'settings.show', setting: { kind: 'listening' } })
  })

  it.each([
    'listen to this song',
    'listen here, that is not how it works',
    'are you listening to me',
    'I listen in this channel all day',
    'stop listening to him',
    'read the minutes in #plans',
    'where are you',
    'which channels do we have',
  ])('%j is about something else', (text) => {
    expect(understand(text).setting).toBeNull()
  })

  it('is not switched on by words that are said to somebody else', () => {
    for (const text of ['listen here', 'turn listening on']) expect(understand(text, false).intent).toBe('none')
    expect(understand('stop listening here', false).intent).toBe('settings.update')
  })
})
