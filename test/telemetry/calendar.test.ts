import { expect, it } from 'vitest'
import { observedContents } from '#telemetry/calendar.ts'
import { createMetrics } from '#telemetry/metrics.ts'
import { openWorld } from '../support/world.ts'

it('times what is asked of calendars, and counts the events', async () => {
  const metrics = createMetrics()
  await using world = await openWorld('2026-11-23T14:00:00Z', { metrics })
  const ann = world.person('ann', { timeZone: 'America/New_York' })
  const booked = await ann.says('lunch with Eve on Friday from 12 to 1')
  await ann.says('what is on this week')
  await ann.presses(booked.button('Undo'))
  const exposed = await metrics.text()
  expect(exposed).toMatch(/ducktape_calendar_operation_duration_seconds_count\{operation="create"\} 1/)
  expect(exposed).toMatch(/ducktape_calendar_operation_duration_seconds_count\{operation="cancel"\} 1/)
  expect(exposed).toMatch(/ducktape_calendar_operation_duration_seconds_count\{operation="query"\} [1-9]/)
  expect(exposed).toMatch(/ducktape_calendar_events_processed_total\{operation="create"\} 1/)
  expect(exposed).toMatch(/ducktape_calendar_events_processed_total\{operation="query"\} [1-9]/)
})

it('times what goes into and out of calendars as files, and counts the events', async () => {
  const metrics = createMetrics()
  await using world = await openWorld()
  const contents = observedContents(world.stores.contents, { metrics })
  await world.person('ann').says('lunch with Eve on Friday from 12 to 1')
  const { id, spaceId } = await world.database.calendar.findFirstOrThrow()
  const [page = []] = await Array.fromAsync(contents.pages({ spaceId, calendarId: id }))
  expect(page).toHaveLength(1)
  await contents.put({ spaceId, calendarId: id }, page)
  await expect(contents.keepOnly({ spaceId, calendarId: 'no such calendar' }, new Set())).rejects.toThrow()
  const exposed = await metrics.text()
  expect(exposed).toMatch(/ducktape_calendar_operation_duration_seconds_count\{operation="export"\} [12]/)
  expect(exposed).toMatch(/ducktape_calendar_events_processed_total\{operation="export"\} 1/)
  expect(exposed).toMatch(/ducktape_calendar_operation_duration_seconds_count\{operation="import"\} 1/)
  expect(exposed).toMatch(/ducktape_calendar_events_processed_total\{operation="import"\} 1/)
  // What failed took its time as well.
  expect(exposed).toMatch(/ducktape_calendar_operation_duration_seconds_count\{operation="cancel"\} 1/)
})
