import { describe, expect, it } from 'vitest'
import type { Understanding } from '#core/understanding.ts'
import { createLanguage } from '#language/language.ts'

const language = createLanguage()
const now = Temporal.Instant.from('2026-11-23T14:00:00Z')
const read = (text: string) => language.understand({ text, now, timeZone: 'America/New_York', locale: 'en-US', addressed: true })

const ann = { name: 'Ann' }
const bob = { name: 'Bob' }
const me = { name: 'me' }
const u1 = { mention: '<@U1>' }

describe('what people say of each other', () => {
  it.each<[string, Partial<Understanding>]>([
    ['create a group crew with Ann and Bob', { intent: 'group.create', title: 'crew', people: [ann, bob] }],
    ['new group called crew with <@U1> and me', { intent: 'group.create', title: 'crew', people: [u1, me] }],
    ['add Eve to crew', { intent: 'group.update', title: 'crew', changes: { addPeople: [{ name: 'Eve' }] } }],
    ['remove <@U1> from the crew group', { intent: 'group.update', title: 'crew', changes: { removePeople: [u1] } }],
    ['who is in crew?', { intent: 'group.list', title: 'crew' }],
    ['list the members of crew', { intent: 'group.list', title: 'crew' }],
    ['delete the group crew', { intent: 'group.delete', title: 'crew' }],
    ['rename the group crew to night shift', { intent: 'group.update', title: 'crew', changes: { title: 'night shift' } }],
    ['add milk to my shopping list', { intent: 'todo.create' }],
  ])('groups: %j', (text, expected) => {
    expect(read(text)).toMatchObject(expected)
  })

  it.each<[string, Partial<Understanding>]>([
    ["I can't make it to the picnic tomorrow", { rsvp: 'declined', title: 'picnic' }],
    ['yes to the picnic', { rsvp: 'accepted', title: 'picnic' }],
    ['no to the picnic, I am on a boat', { rsvp: 'declined', title: 'picnic', content: 'I am on a boat' }],
    ['sorry, I can’t come to lunch because of the ferry', { rsvp: 'declined', title: 'lunch', content: 'because of the ferry' }],
    ["I can't make it", { rsvp: 'declined', reference: 'last' }],
    ['maybe for dinner on Friday', { rsvp: 'tentative', title: 'dinner' }],
  ])('answers: %j', (text, expected) => {
    expect(read(text)).toMatchObject({ intent: 'event.rsvp', ...expected })
  })

  it.each<[string, Partial<Understanding>]>([
    ['who is coming to the picnic?', { intent: 'event.attendees', content: 'coming', title: 'picnic' }],
    ["who hasn't answered?", { intent: 'event.attendees', content: 'open', reference: 'last' }],
    ['nudge everyone who has not replied about the picnic', { intent: 'event.nudge', title: 'picnic' }],
    ['limit the picnic to 12 people', { intent: 'event.limit', content: '12', title: 'picnic' }],
    ['cap it at 8', { intent: 'event.limit', content: '8', reference: 'last' }],
    ['answers by Thursday for the picnic', { intent: 'event.limit', content: 'deadline', title: 'picnic' }],
    ['mark Bob as absent from the picnic', { intent: 'event.mark', content: 'absent', people: [bob], title: 'picnic' }],
    ['Ann and Bob were there', { intent: 'event.mark', content: 'present', people: [ann, bob], reference: 'last' }],
    ['remind everyone to vote tomorrow at 9', { intent: 'reminder.create' }],
  ])('attendance: %j', (text, expected) => {
    expect(read(text)).toMatchObject(expected)
  })

  it.each<[string, Partial<Understanding>]>([
    ['when are Ann, Bob and I free for 45 minutes next week', { people: [ann, bob, me], duration: 'PT45M' }],
    ['am I free on Friday at 3', { people: [me] }],
    ['is Ann free tomorrow at 2', { people: [ann] }],
    ['when is crew free this week', { people: [{ name: 'crew' }] }],
    ['find half an hour with <@U1> tomorrow', { people: [me, u1], duration: 'PT30M' }],
    ['when can Ann and I meet', { people: [ann, me] }],
  ])('free time: %j', (text, expected) => {
    expect(read(text)).toMatchObject({ intent: 'availability.find', ...expected })
  })

  it.each<[string, Partial<Understanding>]>([
    ['ask <@U1> and Bob when they can meet next week', { people: [u1, bob] }],
    ['poll crew for a time next week about the harvest', { people: [{ name: 'crew' }], title: 'harvest' }],
  ])('polls: %j', (text, expected) => {
    expect(read(text)).toMatchObject({ intent: 'availability.poll', ...expected })
  })

  it.each<[string, Understanding['setting']]>([
    ['my working hours are 9 to 5', { kind: 'hours', days: null, from: '09:00', to: '17:00' }],
    ['my working hours are 8:30am to 4pm, Monday to Thursday', { kind: 'hours', days: [1, 2, 3, 4], from: '08:30', to: '16:00' }],
    ['I work from 22 to 6 every day', { kind: 'hours', days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' }],
    ['keep 15 minutes free between my meetings', { kind: 'buffer', minutes: 15 }],
  ])('working hours: %j', (text, setting) => {
    expect(read(text)).toMatchObject({ intent: 'settings.update', setting })
  })

  it.each<[string, Partial<Understanding>]>([
    ['create a calendar Harvest', { intent: 'calendar.create', title: 'Harvest', content: 'personal' }],
    ['create a team calendar called Harvest', { intent: 'calendar.create', title: 'Harvest', content: 'space' }],
    ['create a calendar event tomorrow at 3', { intent: 'event.create' }],
    ['hide the Work calendar', { intent: 'calendar.update', content: 'hide', title: 'Work' }],
    ['share my Work calendar with Ann so she can edit it', { intent: 'calendar.update', content: 'share-write', people: [ann] }],
    ['stop sharing my Work calendar with Ann', { intent: 'calendar.update', content: 'unshare', people: [ann] }],
    ['make Work my default calendar', { intent: 'calendar.update', content: 'default', title: 'Work' }],
    ['delete the Work calendar', { intent: 'calendar.delete', title: 'Work' }],
    ['which calendars do I have', { intent: 'calendar.list' }],
    ['put it into the team calendar', { intent: 'event.update', reference: 'last', changes: { calendar: 'team' } }],
    ['make the picnic private', { intent: 'event.update', title: 'picnic', changes: { visibility: 'private' } }],
    ['show lunch as busy', { intent: 'event.update', title: 'lunch', changes: { visibility: 'busy' } }],
    ['invite Bob to lunch', { intent: 'event.update', title: 'lunch', changes: { addPeople: [bob] } }],
    ['invite crew to a picnic tomorrow at 3', { intent: 'event.create', title: 'picnic', people: [{ name: 'crew' }] }],
  ])('calendars: %j', (text, expected) => {
    expect(read(text)).toMatchObject(expected)
  })
})
