import { randomBytes } from 'node:crypto'
import { accountOf } from '#core/account.ts'
import type { Command, Context, Outcome } from '#core/command.ts'
import { homeOf } from '#core/home.ts'
import { linkLifetime } from '#core/page-links.ts'
import { type Block, say } from '#core/reply.ts'
import { hashOfSecret } from '#core/secrets.ts'
import { ask, isOverheard } from './answer.ts'

const loopback = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/

/** The page, for whoever asks in a chat: by a link that signs that very person in, once. */
export const page: Command = {
  intents: ['page.open'],
  async understood(_, context) {
    if (context.message.place.platform === 'web') return alone(['This is the page: your calendar is behind “Calendar”, above.'])
    if (!isOverheard(context)) return open(context)
    return ask(
      context,
      ['The link is for one person alone: press, and I show you yours.'],
      [{ label: 'My link', token: context.token('open-page', context.person.id), style: 'primary' }],
    )
  },
  presses: { 'open-page': (_, context) => open(context) },
}

/** The link of whoever asks or presses, whoever asked before: as themselves, in their own space. */
async function open(context: Context): Promise<Outcome> {
  const { store, message, now } = context
  const { space, person } = await store.people.meet(homeOf(message.place, message.author), message.author)
  const secret = randomBytes(32).toString('base64url')
  await store.pageLinks.make({ hash: hashOfSecret(secret), account: accountOf(space, person), name: person.name, at: now })
  const url = context.address(`/login?token=${secret}`)
  const text = say`${{ kind: 'link', url, text: 'Open the page' }}: the link signs you in, once, within ${String(linkLifetime / 60)} minutes. Keep it to yourself.`
  const aside = 'It opens on the machine that I run on. To reach me from others, PUBLIC_URL has to be set there.'
  return alone(text, loopback.test(new URL(url).hostname) ? [{ kind: 'aside', text: [aside] }] : [])
}

function alone(text: ReturnType<typeof say>, more: readonly Block[] = []): Outcome {
  return { reply: { tone: 'tell', visibility: 'author', blocks: [{ kind: 'text', text }, ...more] } }
}
