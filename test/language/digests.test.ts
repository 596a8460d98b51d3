import { describe, expect, it } from 'vitest'
import { createLanguage } from '#language/language.ts'
import { UnderstandingSchema } from '#web/schemas.ts'

const language = createLanguage()
// Monday, 9 in the morning in New York.
const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
const understand = (text: string) => language.understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed: true })

describe('digests', () => {
  it.each([
    ['send me my agenda every weekday at 8', 'digest.create', 'agenda'],
    ['every morning at 8 send me my agenda', 'digest.create', 'agenda'],
    ['post the agenda in #ops every morning', 'digest.create', 'agenda'],
    ['I want a daily briefing at 7:30', 'digest.create', 'agenda'],
    ['weekly review on Sunday at 18', 'digest.create', 'review'],
    ['turn on the weekly review', 'digest.create', 'review'],
    ['move my daily agenda to 8:30', 'digest.create', 'agenda'],
    ['stop the daily digest', 'digest.delete', 'agenda'],
    ['stop sending me my agenda', 'digest.delete', 'agenda'],
    ['turn off my weekly review', 'digest.delete', 'review'],
    ['pause the daily digest until Monday', 'digest.update', 'agenda'],
    ["skip tomorrow's daily digest", 'digest.update', 'agenda'],
    ['show my weekly review', 'digest.show', 'review'],
    ['what did I miss', 'digest.show', 'catchup'],
    ['catch me up since Monday', 'digest.show', 'catchup'],
  ])('%j is %s of the %s', (text, intent, digest) => {
    expect(understand(text)).toMatchObject({ intent, digest })
  })

  it.each([
    ['schedule a weekly review on Friday at 3', 'event.create'],
    ['cancel the weekly review', 'event.cancel'],
    ['show me my agenda for tomorrow', 'event.list'],
    ['list my digests', 'settings.show'],
    ['what did I miss in the meeting', 'event.list'],
    ['send the summary to Ann every Friday', 'none'],
    ['remind me to send the agenda every Monday at 9', 'reminder.create'],
  ])('leaves %j to %s', (text, intent) => {
    expect(understand(text).intent).toBe(intent)
  })

  it('takes no name for a time: a daily digest at 8 is at 8, and pausing one says no rhythm', () => {
    expect(understand('daily digest at 8').when?.start).toBe('2026-11-24T08:00:00-05:00')
    expect(understand('pause the daily digest')).toMatchObject({ when: null, recurrence: null })
    expect(understand('weekly review on Sunday at 18').recurrence?.rrule).toBe('FREQ=WEEKLY;BYDAY=SU')
  })
})

describe('asking until it is done', () => {
  it.each([
    ["remind me every 10 minutes until I'm done to take the pill", 'PT10M', 'take the pill', null],
    ['nag me until done to call mum', 'PT10M', 'call mum', null],
    ['nag me until I call mum', 'PT10M', 'call mum', null],
    ['nag me every 5 minutes until I call mum', 'PT5M', 'call mum', null],
    ['remind me at 8pm to call mum and keep reminding me until I do', 'PT10M', 'call mum', null],
    ["keep reminding me to water the plants every hour until it's done", 'PT1H', 'water the plants', null],
    ['remind me every day at 9 to stretch and keep reminding me every 5 minutes', 'PT5M', 'stretch', 'FREQ=DAILY'],
    ['remind #ops every Monday at 9 to rotate the keys until done', 'PT10M', 'rotate the keys', 'FREQ=WEEKLY;BYDAY=MO'],
  ])('%j asks again after %s about %j', (text, nag, title, rrule) => {
    const read = understand(text)
    expect(read).toMatchObject({ intent: 'reminder.create', nag, title })
    expect(read.recurrence?.rrule ?? null).toBe(rrule)
  })

  it.each([
    "remind me at 5 to wait until I'm done with lunch",
    'remind me every 2 hours to drink',
    'nag screen is broken',
    'keep the door open',
  ])('%j asks nobody again', (text) => {
    expect(understand(text).nag ?? null).toBeNull()
  })

  it.each([
    ['keep reminding me', 'nag'],
    ['stop nagging me', 'once'],
    ['stop nagging me about the pill', 'once'],
  ])('%j changes what is there: %s', (text, content) => {
    expect(understand(text)).toMatchObject({ intent: 'reminder.update', content })
  })
})

describe('habits', () => {
  it.each([
    ['alert me 10 minutes before by default', { kind: 'alerts', seconds: [600] }],
    ['always notify me 1 day and 15 minutes before my meetings', { kind: 'alerts', seconds: [86_400, 900] }],
    ['my default alert is half an hour before', { kind: 'alerts', seconds: [1_800] }],
    ['no alerts by default', { kind: 'alerts', seconds: [] }],
    ['catch me up after 5 days away', { kind: 'catchup', days: 5 }],
    ["don't catch me up automatically", { kind: 'catchup', days: 0 }],
    ['only admins may remind channels', { kind: 'rule', about: 'channels', who: 'admins' }],
    ['only members of @ops may remind everyone', { kind: 'rule', about: 'everyone', who: 'named' }],
    ['everybody can remind channels again', { kind: 'rule', about: 'channels', who: 'everybody' }],
    ['nobody may remind me except Ann', { kind: 'senders', from: 'only', allowed: true }],
    ['my hours are 8-4', { kind: 'hours', from: '08:00', to: '16:00' }],
    ['remind me 5 minutes before every meeting', { kind: 'alerts', seconds: [300] }],
    ['I take reminders only from @zoe', { kind: 'senders', from: 'only', allowed: true }],
    ['only let Zoe and Kim remind me', { kind: 'senders', from: 'only' }],
    ['my working hours are 8 to 4', { kind: 'hours', from: '08:00', to: '16:00' }],
    ['keep 15 minutes between my meetings', { kind: 'buffer', minutes: 15 }],
    ['my zoom link is https://zoom.us/j/123', { kind: 'meeting', service: 'zoom', of: 'person' }],
  ])('%j sets %j', (text, setting) => {
    expect(understand(text)).toMatchObject({ intent: 'settings.update', setting })
    // The API answers with it, and its description of the answer refuses what it does not know.
    expect(UnderstandingSchema.parse(understand(text)).setting).toMatchObject(setting)
  })

  it.each([
    'remind me an hour before my meeting',
    'alert me 10 minutes before the stand-up',
    'no alarms tomorrow',
    'only admins may delete channels',
    'catch me up',
  ])('%j sets nothing', (text) => {
    expect(understand(text).intent).not.toBe('settings.update')
  })
})
