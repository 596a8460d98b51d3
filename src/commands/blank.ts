import type { Understanding } from '#core/understanding.ts'

/** An understanding that says nothing yet: what a batch, or a button, fills in is what a sentence would have said. */
export const blank: Understanding = {
  intent: 'none',
  confidence: 1,
  title: null,
  target: null,
  people: [],
  channel: null,
  calendar: null,
  location: null,
  meetingLink: null,
  list: null,
  alerts: [],
  content: null,
  when: null,
  recurrence: null,
  spans: [],
  alternatives: [],
}
