import type { Reply } from '../../core/reply.ts'
import type { ServerFrame } from '../frames.ts'
import type { LineView } from '../views.ts'
import type { Pressed, PressInChat } from './calendar/sheet.ts'
import { createComposer } from './composer.ts'
import { byId, el, uuid } from './dom.ts'
import { createHistory } from './history.ts'
import { type LinkState, openLink } from './link.ts'
import { createNotices } from './notices.ts'
import { createOutgoing } from './outgoing.ts'
import { readerZone, refreshRelativeTimes } from './times.ts'
import { createUpcoming } from './upcoming.ts'
import { createViews } from './views.ts'

const examples = [
  'remind me in 10 seconds to stretch',
  'team lunch on Friday at 12:30',
  'note: the door code is 4711',
  'what is on tomorrow?',
]

const stateWords: Record<LinkState, string> = {
  connecting: 'Connecting…',
  connected: 'Connected',
  lost: 'Connection lost. Trying again…',
  refused: 'Signed out: say “open the page” in your chat',
}

/** Presses whose answer is on its way, by the id of the frame: the line of the button, whether the keys were there, and who else waits for it. */
const presses = new Map<string, { readonly line?: string | undefined; readonly held: boolean; answered?(pressed: Pressed): void }>()
let loaded = false
let subscribed = false

const upcoming = createUpcoming()
const notices = createNotices()
const views = createViews({ press: pressElsewhere, begin })
const history = createHistory({ press, retry: (id) => outgoing.retry(id) })
const outgoing = createOutgoing({ link: () => link, changed: (unsent) => history.showUnsent(unsent) })
const composer = createComposer({ send: say })
const link = openLink({ heard, changed: showState })

function say(text: string): void {
  byId('welcome').hidden = true
  outgoing.send(text)
}

function press(line: string | undefined, token: string, text?: string, answered?: (pressed: Pressed) => void): void {
  const id = uuid()
  const value = line === undefined ? {} : { value: line }
  if (!link.send({ type: 'action', id, action: token, ...value, ...(text === undefined ? {} : { text }) })) {
    showState('lost')
    answered?.({ refused: stateWords.lost })
    return
  }
  const held = line !== undefined && history.holdsFocus(line)
  presses.set(id, { line, held, ...(answered ? { answered } : {}) })
  if (line !== undefined) history.setBusy(line, true)
}

/** A button that the calendar shows: its answer is a line of the chat as well. */
function pressElsewhere({ token, text, line }: Parameters<PressInChat>[0]): Promise<Pressed> {
  return new Promise((resolve) => press(line, token, text, resolve))
}

/** Puts a part of a sentence into the box. */
function begin(sentence: string, where: 'after' | 'before'): void {
  views.showChat()
  composer.begin(sentence, where)
}

function heard(frame: ServerFrame): void {
  switch (frame.type) {
    case 'welcome':
      void catchUp()
      break
    case 'reply':
      answered(frame)
      break
    case 'reminder':
      rang(frame)
      break
    case 'change':
      if (frame.topic === 'reminders') upcoming.show(frame.reminders)
      if (frame.topic === 'calendar') {
        upcoming.showEvents(frame.events)
        // The first answer says nothing new; after a connection that was lost it may.
        if (subscribed) views.changed()
        subscribed = true
      }
      if (frame.topic === 'transcript' && frame.line) overheard(frame.line, frame.about)
      break
    case 'error':
      refused(frame)
  }
}

function answered({ id, reply, line, said }: Extract<ServerFrame, { type: 'reply' }>): void {
  const pressed = release(id)
  const sent = outgoing.settle(id)
  history.forgetUnsent(id)
  const shown: LineView[] = []
  if (sent && said) shown.push({ ...said, from: 'person', text: sent.text })
  if (line && reply) shown.push({ ...line, from: 'ducktape', reply: reply as Reply })
  history.show(shown)
  if (sent) history.toEnd()
  // A button that is pressed is out of use until the answer is there, and the keys with it.
  if (pressed?.held && pressed.line !== undefined) history.goOn(pressed.line, line && reply?.form ? line.id : pressed.line)
  pressed?.answered?.(reply ? { reply: reply as Reply, ...(line ? { line: line.id } : {}) } : { refused: 'There was no answer.' })
}

function rang({ line, reply, text }: Extract<ServerFrame, { type: 'reminder' }>): void {
  byId('welcome').hidden = true
  if (!history.show([{ ...line, from: 'ducktape', reply }])) return
  notices.arrived()
  notices.rang(line.id, text)
}

/** A line of another window, or of ours before we heard the answer. */
function overheard(line: LineView, about: string | undefined): void {
  if (about !== undefined && outgoing.settle(about)) history.forgetUnsent(about)
  byId('welcome').hidden = true
  if (history.show([line]) && line.from === 'ducktape') notices.arrived()
}

function refused({ id, message }: Extract<ServerFrame, { type: 'error' }>): void {
  if (id === undefined) return
  const pressed = release(id)
  if (pressed === undefined) outgoing.fail(id, message)
  else if (pressed.answered) pressed.answered({ refused: message })
  else byId('state').textContent = message
}

function release(id: string) {
  const pressed = presses.get(id)
  presses.delete(id)
  if (pressed?.line !== undefined) history.setBusy(pressed.line, false)
  return pressed
}

/** After every connection: what was said meanwhile, and what we still have to say. */
async function catchUp(): Promise<void> {
  await load()
  outgoing.flush()
}

async function load(before?: string): Promise<void> {
  const page = `/api/transcript?limit=50${before === undefined ? '' : `&before=${encodeURIComponent(before)}`}`
  // What cannot be read keeps nobody from saying what waits.
  const response = await fetch(page).catch(() => undefined)
  if (!response?.ok) {
    if (response?.status === 401) showState('refused')
    else byId('state').textContent = 'Earlier lines cannot be read'
    return
  }
  const { lines, more } = (await response.json()) as { lines: LineView[]; more: boolean }
  history.show(lines, { earlier: before !== undefined })
  if (!loaded || before !== undefined) byId('earlier').hidden = !more
  if (before === undefined && !loaded) arrive(lines)
}

function arrive(lines: readonly LineView[]): void {
  loaded = true
  composer.recallable(lines.flatMap(({ text }) => (text === undefined ? [] : [text])))
  byId('welcome').hidden = !history.isEmpty()
  document.body.classList.add('arrived')
  // A welcome is read from its beginning.
  if (!history.isEmpty()) history.toEnd()
  history.readAloud()
}

function showState(state: LinkState): void {
  byId('state').textContent = stateWords[state]
  document.body.dataset.link = state
  byId('signed-out').hidden = state !== 'refused' || !history.isEmpty()
  if (state === 'connected') return
  for (const id of [...presses.keys()]) release(id)?.answered?.({ refused: stateWords[state] })
}

function offerExamples(): void {
  byId('examples').replaceChildren(
    ...examples.map((example) => {
      const button = el('button', { type: 'button' }, example)
      button.addEventListener('click', () => {
        say(example)
        composer.focus()
      })
      return el('li', {}, button)
    }),
  )
}

byId('zone').textContent = readerZone.replaceAll('_', ' ')
byId('earlier').addEventListener('click', () => void load(history.oldest()))
offerExamples()
for (const unsent of outgoing.all()) history.showUnsent(unsent)
setInterval(() => {
  if (document.hidden) return
  upcoming.tick()
  refreshRelativeTimes()
}, 1_000)
setInterval(() => views.tick(), 60_000)
if (matchMedia('(pointer: fine)').matches) composer.focus()
