import { describe, expect, it } from 'vitest'
import { say, strong } from '#core/reply.ts'
import { needs } from '../support/require.ts'
import { tell } from './support/house.ts'
import { usePage } from './support/page.ts'

const chromium = needs('chromium')

describe.skipIf(chromium === undefined)('the page in chromium', () => {
  const stage = usePage(chromium)

  it('reminds: echoes the exact time in the zone of the browser, rings, and takes Done', async () => {
    const { page, type, lines, upcoming } = await stage.open()
    await type('remind me in 3600 seconds to stretch')
    await lines.getByRole('button', { name: 'Undo' }).waitFor()
    const dueAt = stage.house.reminders[0]?.dueAt?.toString() ?? ''
    const time = lines.locator('time[title]')
    expect(await time.getAttribute('datetime')).toBe(dueAt)
    const { hour, minute } = Temporal.Instant.from(dueAt).toZonedDateTimeISO('Asia/Tokyo')
    expect(await time.textContent()).toMatch(new RegExp(`20\\d\\d,? 0?${hour}:${String(minute).padStart(2, '0')}`))
    expect(await upcoming.textContent()).toMatch(/stretch.*(1 h|60 min)/s)

    await stage.engine.ring('stretch')
    await lines.getByRole('button', { name: 'Done' }).click()
    await lines.getByText('Done: stretch').waitFor()
    expect(await lines.getByRole('button', { name: 'Done' }).count()).toBe(0)
    await upcoming.getByText('Nothing is waiting').waitFor()
    expect(await page.title()).toBe('DuckTape')
  })

  it('shows what is planned beside the chat, in the zone of the browser', async () => {
    const startsAt = Temporal.Now.instant().add({ hours: 2 }).round('second')
    const endsAt = startsAt.add({ hours: 1 })
    const event = {
      id: 'e1',
      title: 'Lunch <b>with</b> Ann',
      startsAt,
      endsAt,
      allDay: false,
      timeZone: 'UTC',
      location: 'Room 5',
      status: 'confirmed',
    }
    stage.house.events.push(event)
    const { upcoming } = await stage.open()
    const card = upcoming.getByText('Lunch <b>with</b> Ann').locator('..')
    const { hour, minute } = endsAt.toZonedDateTimeISO('Asia/Tokyo')
    // In Japan the hours before ten have one digit.
    expect(await card.textContent()).toContain(`${hour}:${String(minute).padStart(2, '0')} · Room 5`)
  })

  it('keeps reminders readable beside a full agenda', async () => {
    const startsAt = Temporal.Now.instant().add({ hours: 2 }).round('second')
    for (let i = 0; i < 30; i++)
      stage.house.events.push({
        id: `full-${i}`,
        title: `Review ${i}`,
        startsAt: startsAt.add({ hours: i }),
        endsAt: startsAt.add({ hours: i, minutes: 30 }),
        allDay: false,
        timeZone: 'UTC',
        location: '',
        status: 'confirmed',
      })
    const timeZone = 'America/New_York'
    const first = Temporal.Now.plainDateISO(timeZone).add({ days: 5 })
    const [startsAtDay, endsAtDay] = [first, first.add({ days: 3 })].map((day) => day.toZonedDateTime(timeZone).toInstant())
    const trip = { id: 'trip', title: 'Trip', allDay: true, timeZone, location: '', status: 'confirmed' } as const
    if (startsAtDay && endsAtDay) stage.house.events.unshift({ ...trip, startsAt: startsAtDay, endsAt: endsAtDay })
    const { type, upcoming } = await stage.open()
    await type('remind me in 3600 seconds to stretch')
    await upcoming.getByText('Review 3', { exact: true }).waitFor()
    await upcoming.getByText('And 1 more event: look into the calendar.').waitFor()
    // Until its last day, not the one after, by the wall of its own zone.
    const words = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
    const days = words.formatRange(first, first.add({ days: 2 }))
    // Browsers differ in which spaces they put about the dash.
    expect(await upcoming.getByText('Trip').locator('..').textContent()).toMatch(new RegExp(days.replace(/\s/g, '\\s')))
    const reminder = upcoming.locator('#reminders .note')
    await reminder.getByText('stretch').waitFor()
    const room = await upcoming.locator('#reminders').boundingBox()
    const card = await reminder.boundingBox()
    expect(room?.height).toBeGreaterThanOrEqual(card?.height ?? Number.POSITIVE_INFINITY)
    expect(await upcoming.getByText('Nothing is waiting').isVisible()).toBe(false)
  })

  it('takes Undo and Snooze', async () => {
    const { type, lines, upcoming } = await stage.open()
    await type('remind me in 100 seconds to stretch')
    await lines.getByRole('button', { name: 'Undo' }).click()
    await lines.getByText('Undone: stretch').waitFor()
    await type('remind me in 100 seconds to breathe')
    await upcoming.getByText('breathe').waitFor()
    await stage.engine.ring('breathe')
    await upcoming.getByText('has rung').waitFor()
    await lines.getByRole('button', { name: 'In 10 minutes' }).click()
    await lines.getByText(/Again at .*breathe/).waitFor()
    await upcoming.getByText('10 min').waitFor()
  })

  it('counts down while one looks', async () => {
    const { page, type, upcoming } = await stage.open()
    await page.clock.install()
    await type('remind me in 50 seconds to stretch')
    await upcoming.getByText(/\d+ s$/).waitFor()
    await page.clock.runFor(60_000)
    await upcoming.getByText('now').waitFor()
  })

  it('shows the conversation and what is coming again after a reload', async () => {
    const { page, type, lines, upcoming } = await stage.open()
    await type('remind me in 100 seconds to stretch')
    await lines.getByRole('button', { name: 'Undo' }).click()
    await lines.getByText('Undone: stretch').waitFor()
    await type('remind me in 100 seconds to breathe')
    await lines.getByRole('button', { name: 'Undo' }).waitFor()
    const before = await lines.allInnerTexts()
    await page.reload()
    await page.locator('body.arrived').waitFor()
    await upcoming.getByText('breathe').waitFor()
    expect(await lines.allInnerTexts()).toEqual(before)
    await lines.getByRole('button', { name: 'Undo' }).click()
    await lines.getByText('Undone: breathe').waitFor()
  })

  it('shows in every window what is said in one', async () => {
    const [one, other] = [await stage.open(), await stage.open()]
    await one.type('hello there')
    await other.lines.getByText('I heard "hello there".').waitFor()
    expect(await other.lines.allInnerTexts()).toEqual(await one.lines.allInnerTexts())
    await one.type('remind me in 100 seconds to stretch')
    await other.lines.getByRole('button', { name: 'Undo' }).click()
    await one.lines.getByText('Undone: stretch').waitFor()
  })

  it('draws how far something is, as it goes on', async () => {
    const far = (done: number) => ({ kind: 'text' as const, text: ['▰▱', ` ${done} of 10`], share: done / 10 })
    stage.house.answer = async () => ({ ...tell(), blocks: [far(3)] })
    const { page, lines, type } = await stage.open()
    await type('move everything')
    const bar = page.getByRole('progressbar')
    await bar.waitFor()
    expect([await bar.getAttribute('value'), await lines.last().innerText()]).toEqual(['0.3', expect.stringMatching(/^3 of 10/)])
    const [line] = (await stage.house.parts.transcripts.recent('me', 1)).map(({ id }) => id)
    await stage.house.parts.bot.edit?.({ channel: 'me', id: line ?? '' }, { ...tell(), blocks: [far(7)] }, 'mark')
    await page.getByText('7 of 10').waitFor()
    expect(await bar.getAttribute('value')).toBe('0.7')
  })

  it('greets a newcomer with sentences to click', async () => {
    const { page, lines } = await stage.open()
    await page.getByRole('heading', { name: 'What should stick?' }).waitFor()
    await page.getByRole('button', { name: 'remind me in 10 seconds to stretch' }).click()
    await lines.getByRole('button', { name: 'Undo' }).waitFor()
    expect(await page.getByRole('heading', { name: 'What should stick?' }).isVisible()).toBe(false)
  })

  it('shows words that look like markup as words', async () => {
    const { page, type, lines } = await stage.open()
    const nasty = '<img src=x onerror="document.title=1"><b>&amp;</b>'
    await type(nasty)
    await lines.getByText(`I heard "${nasty}".`).waitFor()
    expect(await lines.locator('img, b').count()).toBe(0)
    expect(await page.title()).toBe('DuckTape')
  })

  it('makes links only of web addresses', async () => {
    stage.house.answer = async () => ({
      ...tell(),
      blocks: [
        {
          kind: 'text',
          text: say`${{ kind: 'link', url: 'https://duck.example/', text: 'safe' }} ${{ kind: 'link', url: 'javascript:alert(1)', text: 'unsafe' }} ${strong('bold')}`,
        },
      ],
    })
    const { type, lines } = await stage.open()
    await type('links')
    await lines.getByText('unsafe').waitFor()
    expect(await lines.getByRole('link').allInnerTexts()).toEqual(['safe'])
  })

  it('names the other zone when a time was meant there', async () => {
    const time = { kind: 'time', at: '2026-11-24T20:00:00Z', show: 'full', timeZone: 'America/New_York', named: true } as const
    stage.house.answer = async () => ({ ...tell(), blocks: [{ kind: 'text', text: say`Meeting ${time}` }] })
    const { type, lines } = await stage.open()
    await type('when')
    expect(await lines.getByText('Meeting').textContent()).toMatch(/25 Nov 2026.*0?5:00 \(15:00 (GMT-5|EST)\)/)
  })

  it('offers a menu as buttons, and a long one as a list', async () => {
    const menu = (count: number) => ({
      kind: 'menu' as const,
      placeholder: 'Which?',
      options: Array.from({ length: count }, (_, index) => ({ label: `No. ${index}`, token: `pick.${index}` })),
    })
    stage.house.answer = async (message) =>
      message.kind === 'press'
        ? { ...tell(`picked ${message.token}`), replaces: true }
        : { ...tell(), blocks: [menu(Number(message.text))] }
    const { type, lines } = await stage.open()
    await type('3')
    await lines.getByRole('button', { name: 'No. 2' }).click()
    await lines.getByText('picked pick.2').waitFor()
    await type('20')
    await lines.getByRole('combobox', { name: 'Which?' }).selectOption('No. 17')
    await lines.getByRole('button', { name: 'Choose' }).click()
    await lines.getByText('picked pick.17').waitFor()
  })
})
