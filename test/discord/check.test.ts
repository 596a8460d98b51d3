import { describe, expect, it } from 'vitest'
import { checkDiscord } from '#bots/discord/check.ts'
import { openFakeDiscord } from '../fakes/discord/index.ts'

describe('the doctor on Discord', () => {
  it('says who we are and how to invite the bot', async () => {
    await using fake = await openFakeDiscord()
    const findings = await checkDiscord({ token: fake.token, apiUrl: fake.apiUrl })
    expect(findings.find(({ name }) => name === 'Discord token')).toMatchObject({ ok: true, detail: expect.stringContaining('ducktape') })
    const servers = findings.find(({ name }) => name === 'Discord servers')
    expect(servers?.ok).toBe(false)
    const link = new URL(/https:\S+/.exec(servers?.fix ?? '')?.[0] ?? '')
    expect(link.searchParams.get('client_id')).toBe(fake.world.application.id)
    expect(link.searchParams.get('scope')).toBe('bot applications.commands')
  })

  it('finds nothing wrong with a bot that is in a server', async () => {
    await using fake = await openFakeDiscord()
    fake.guild([fake.world.addUser('Ann')])
    const findings = await checkDiscord({ token: fake.token, apiUrl: fake.apiUrl })
    expect(findings.filter(({ ok }) => !ok)).toEqual([])
  })

  it.each([
    [{}, /not granted.*Message Content Intent.*restart DuckTape/],
    [{ flags: 1 << 18 }, /^granted/],
    [{ flags: 1 << 19 }, /^granted/],
  ])('says of %j whether channels can be listened to', async (options, detail) => {
    await using fake = await openFakeDiscord(options)
    const findings = await checkDiscord({ token: fake.token, apiUrl: fake.apiUrl })
    expect(findings.find(({ name }) => name === 'Discord reading along')).toMatchObject({ ok: true, detail: expect.stringMatching(detail) })
  })

  it('says what to do about a wrong token, without showing it', async () => {
    await using fake = await openFakeDiscord()
    fake.journal.announce('401')
    const findings = await checkDiscord({ token: 'very.secret.token', apiUrl: fake.apiUrl })
    expect(findings).toMatchObject([{ name: 'Discord token', ok: false, detail: expect.stringContaining('DISCORD_TOKEN') }])
    expect(JSON.stringify(findings)).not.toContain('secret')
  })

  it('says when Discord cannot be reached, and when no connections are left today', async () => {
    expect(await checkDiscord({ token: 'a.b.c', apiUrl: 'http://127.0.0.1:1/api' })).toMatchObject([{ ok: false }])
    await using fake = await openFakeDiscord({ sessions: 0 })
    const findings = await checkDiscord({ token: fake.token, apiUrl: fake.apiUrl })
    expect(findings.find(({ name }) => name === 'Discord gateway')).toMatchObject({ ok: false, fix: expect.stringContaining('minutes') })
  })
})
