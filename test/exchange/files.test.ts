import { expect, it } from 'vitest'
import { Dispatch, decode as decodeDiscord } from '#bots/discord/decode.ts'
import { createDiscordMessenger } from '#bots/discord/send.ts'
import { decode as decodeSlack } from '#bots/slack/decode.ts'
import { createSlackMessenger } from '#bots/slack/send.ts'
import { Frame } from '#bots/slack/wire.ts'
import type { Incoming } from '#core/message.ts'
import { createDownload } from '#jobs/fetch.ts'
import { createCounted, silent } from '../discord/stage.ts'
import { openFakeDiscord } from '../fakes/discord/index.ts'
import { openFakeSlack } from '../fakes/slack/index.ts'

const plans = 'title,start\nTea,2026-12-02 10:00\n'
const filesOf = (message: Incoming | undefined) => (message?.kind === 'sentence' ? (message.files ?? []) : [])

it('a file that is sent on Slack is had with our token, from Slack alone, and no more of it than is read', async () => {
  await using fake = await openFakeSlack()
  const slack = (token: string) => createSlackMessenger({ token, apiUrl: fake.apiUrl, meter: createCounted(), log: silent })
  const download = createDownload([slack(fake.botToken)], 1_000)
  fake.workspace.files.set('F1', { type: 'text/csv', content: plans })
  const at = fake.apiUrl.replace('/api/', '/files-pri/F1')
  const event = {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'E1',
    event: {
      type: 'message',
      subtype: 'file_share',
      user: 'U1',
      channel: 'D1',
      channel_type: 'im',
      ts: '1795694140.000100',
      files: [
        { name: 'plans.csv', mimetype: 'text/csv', size: 33, url_private_download: at },
        { name: 'cat.png', mimetype: 'image/png', size: 9, url_private_download: at },
      ],
    },
  }
  const message = decodeSlack(Frame.parse({ receivedAt: 0, payload: event }), { userId: 'UBOT', botId: 'B1' })
  expect(filesOf(message)).toEqual([{ name: 'plans.csv', url: at, bytes: 33 }])
  const found = await download('slack', at)
  expect(found instanceof Uint8Array && Buffer.from(found).toString()).toBe(plans)

  expect(await download('slack', 'https://example.org/plans.csv')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('kept somewhere else'),
  })
  expect(await createDownload([slack('xoxb-another')], 1_000)('slack', at)).toMatchObject({ kind: 'refused' })
  expect(await createDownload([slack(fake.botToken)], 10)('slack', at)).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('larger'),
  })
  expect(await download('discord', at)).toMatchObject({ kind: 'refused' })
})

it('a file that is sent on Discord is had from Discord alone', async () => {
  await using fake = await openFakeDiscord()
  const ann = fake.world.addUser('Ann')
  fake.as(ann).sendFile('plans.csv', plans)
  const saved = fake.world.messages.at(-1)
  const message = decodeDiscord(Dispatch.parse({ t: 'MESSAGE_CREATE', d: saved?.data }), {
    userId: fake.world.bot.id,
    listens: () => false,
  })
  const [file] = filesOf(message?.kind === 'incoming' ? message.incoming : undefined)
  expect(file).toMatchObject({ name: 'plans.csv', bytes: plans.length })
  using messenger = createDiscordMessenger({ token: fake.token, apiUrl: fake.apiUrl, meter: createCounted(), log: silent })
  const found = await messenger.download?.(file?.url ?? '', 1_000)
  expect(Buffer.from(found ?? []).toString()).toBe(plans)
  await expect(messenger.download?.('https://example.org/plans.csv', 1_000)).rejects.toMatchObject({ code: 'rejected' })
})
