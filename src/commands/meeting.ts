import { randomBytes } from 'node:crypto'
import type { Context, Outcome } from '#core/command.ts'
import { type MeetingLinks, type MeetingService, meetingServices } from '#core/model.ts'
import { problem, type Reply, say, strong, type Text } from '#core/reply.ts'
import type { Setting, Understanding } from '#core/understanding.ts'
import { done, short } from './answer.ts'

/** Where calls are: everybody's own rooms, those of the space, and rooms that we make up. */

const names: Readonly<Record<MeetingService, string>> = {
  zoom: 'Zoom',
  meet: 'Google Meet',
  teams: 'Teams',
  jitsi: 'Jitsi',
  any: 'meeting',
}

/** Which service an address is of, as its host tells. */
const hosts: readonly (readonly [RegExp, MeetingService])[] = [
  [/(?:^|\.)zoom\.us$/, 'zoom'],
  [/^meet\.google\.com$/, 'meet'],
  [/(?:^|\.)teams\.(?:microsoft|live)\.com$/, 'teams'],
  [/^meet\.jit\.si$|(?:^|\.)8x8\.vc$/, 'jitsi'],
]

const longest = 1_000

export interface Room {
  readonly url: string
  /** What to say beside it. */
  readonly hint?: string
}

/** The room of a call: the speaker's own of that service, else the one of the space, else a new Jitsi room. */
export function roomFor(asked: NonNullable<Understanding['meetingLink']>, { person, space }: Pick<Context, 'person' | 'space'>): Room {
  const url = chosen(asked, person.meetingLinks) ?? chosen(asked, space.meetingLinks)
  if (url) return { url: asked === 'jitsi' && isServer(url) ? newRoom(url) : url }
  const made = newRoom('https://meet.jit.si/')
  if (asked === 'any' || asked === 'jitsi') return { url: made }
  const example = `my ${asked === 'meet' ? 'google meet' : asked} link is https://…`
  return {
    url: made,
    hint: `I know no ${names[asked]} link of yours, so this is a Jitsi room: open it in a browser. Tell me yours: “${example}”.`,
  }
}

function chosen(asked: MeetingService, links: MeetingLinks): string | undefined {
  if (asked !== 'any') return links[asked]
  return meetingServices.map((service) => links[service]).find((url) => url !== undefined)
}

/** An address without a room is a server of one's own. */
function isServer(url: string): boolean {
  return new URL(url).pathname === '/'
}

/** A room that nobody finds who was not given its address. */
export function newRoom(server = 'https://meet.jit.si/'): string {
  return new URL(`/DuckTape-${randomBytes(15).toString('base64url')}`, server).href
}

// "my zoom link is https://zoom.us/j/1"   "forget our meeting link"
export async function setMeeting({ service: said, url, of }: Extract<Setting, { kind: 'meeting' }>, context: Context): Promise<Outcome> {
  const refused = of === 'space' ? await mayNotSetForAll(context) : undefined
  if (refused) return { reply: refused }
  const address = url === null ? null : usable(url)
  if (address === undefined)
    return {
      reply: problem(
        say`That is no address that I can give to people: it begins with ${{ kind: 'code', text: 'https://' }}, like ${{ kind: 'code', text: 'https://zoom.us/j/4711' }}.`,
      ),
    }
  const service = address !== null && said === 'any' ? serviceOf(address) : said
  const { person, space } = context
  const holder = of === 'person' ? person : space
  const { [service]: before, ...others } = holder.meetingLinks
  const name = service === 'any' ? 'meeting' : names[service]
  const whose = of === 'person' ? 'your' : 'everybody’s'
  if (address === null && before === undefined)
    return { reply: problem(`I know no ${name} link that is ${of === 'person' ? 'yours' : 'everybody’s'}.`) }
  const meetingLinks: MeetingLinks = address === null ? others : { ...others, [service]: address }
  const version = holder.version + 1
  const change =
    of === 'person'
      ? ({ kind: 'person', before: person, after: { ...person, meetingLinks, version } } as const)
      : ({ kind: 'space', before: space, after: { ...space, meetingLinks, version } } as const)
  const text: Text =
    address === null
      ? say`I forgot ${whose} ${name} link.`
      : say`${strong(`A ${name === 'meeting' ? 'video' : name} meeting`)} is at ${whose} link from now on: ${{ kind: 'link', url: address, text: short(address, 80) }}. Try ${{ kind: 'code', text: `${service === 'any' ? 'video' : service === 'meet' ? 'google meet' : service} meeting with Ann tomorrow at 3` }}.`
  return done(context, 'meeting link set', text, [change])
}

/** Where everybody's calls are is for those to say who manage the place. */
async function mayNotSetForAll({ manages, person }: Context): Promise<Reply | undefined> {
  const admin = await manages(person.userId)
  if (admin) return undefined
  if (admin === undefined) return problem('I cannot see now whether you manage this place: try again in a minute.')
  return problem(
    say`Only those who manage this place set everybody’s meeting link: ask one of them. For your own meetings say ${{ kind: 'code', text: 'my meeting link is https://…' }}.`,
  )
}

function usable(text: string): string | undefined {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.href.length > longest) return undefined
  return url.href
}

function serviceOf(url: string): MeetingService {
  const { hostname } = new URL(url)
  return hosts.find(([pattern]) => pattern.test(hostname))?.[1] ?? 'any'
}

/** " Your calls: Zoom, Teams." */
export function linksOf({ person, space }: Pick<Context, 'person' | 'space'>): Text {
  const all = meetingServices.flatMap((service) => {
    const url = person.meetingLinks[service] ?? space.meetingLinks[service]
    return url ? [{ kind: 'link', url, text: names[service] } as const] : []
  })
  return all.length === 0 ? [] : [' Your calls: ', ...all.flatMap((link, index) => (index === 0 ? [link] : [', ', link])), '.']
}
