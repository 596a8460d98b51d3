import type { AddressInfo } from 'node:net'
import { ChannelType, GatewayDispatchEvents } from 'discord-api-types/v10'
import { createJournal, type Journal } from '../journal.ts'
import { channelRoutes } from './channel-routes.ts'
import { createCommands } from './commands.ts'
import { serveControl } from './control.ts'
import { createFaults, type Faults } from './faults.ts'
import { type Gateway, listen, openGateway } from './gateway.ts'
import { interactionRoutes } from './interaction-routes.ts'
import { createInteractions, isLoading } from './interactions.ts'
import { type FakeDiscordOptions, settingsOf } from './options.ts'
import { messagePayload, withoutContent } from './payloads.ts'
import { type Person, personOf } from './people.ts'
import type { Route } from './rest.ts'
import { serveRest } from './rest.ts'
import { createSessions, type Happening } from './sessions.ts'
import { type Channel, createWorld, isEphemeral, type Saved, type World } from './world.ts'

/** An emulated Discord: REST, gateway and people, with nothing shared between two of them. */
export interface FakeDiscord extends AsyncDisposable {
  /** REST base, as DISCORD_API_URL takes it. */
  readonly apiUrl: string
  /** Where the same controls are served over HTTP. */
  readonly controlUrl: string
  readonly token: string
  readonly world: World
  readonly journal: Journal
  readonly gateway: Gateway
  readonly faults: Faults
  as(userId: string): Person
  /** A guild with one channel and these members, made at once. */
  guild(members: readonly string[]): { readonly guildId: string; readonly channelId: string }
  /** Any dispatch, as it is. */
  tell(happening: Happening): void
}

/** Disposing throws when the bot did something that Discord would refuse, and no test announced it. */
export async function openFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const settings = settingsOf(options)
  const world = createWorld()
  const journal = createJournal()
  const faults = createFaults()
  const sessions = createSessions(settings)
  const gateway = await openGateway({ world, settings, sessions, journal })
  const interactions = createInteractions({
    world,
    settings,
    journal,
    tell: (happening) => gateway.tell(happening),
    isHeard: () => sessions.all().some(({ valid }) => valid),
  })
  const commands = createCommands(world, journal, settings)

  function announce(event: string, channel: Channel, saved: Saved) {
    const isBots = saved.data.author.id === world.bot.id
    if (isBots && event !== GatewayDispatchEvents.MessageDelete && !isLoading(saved))
      journal.record('shown', { id: saved.data.id, channel: channel.id, event })
    if (isEphemeral(saved)) return
    const guildId = channel.guildId
    if (event === GatewayDispatchEvents.MessageDelete) {
      const d = { id: saved.data.id, channel_id: channel.id, ...(guildId !== undefined && { guild_id: guildId }) }
      return gateway.tell({ t: event, d, ...(guildId !== undefined && { guildId }) })
    }
    const d = messagePayload(world, channel, saved)
    const isMeant = isBots || channel.type === ChannelType.DM || d.mentions.some(({ id }) => id === world.bot.id)
    gateway.tell({ t: event, d, ...(guildId !== undefined && { guildId }), ...(!isMeant && { blank: withoutContent(d) }) })
  }

  const gatewayRoutes: readonly Route[] = [
    { method: 'GET', path: '/gateway', open: true, run: () => ({ status: 200, body: { url: gatewayUrl() } }) },
    {
      method: 'GET',
      path: '/gateway/bot',
      run: () => ({
        status: 200,
        body: {
          url: gatewayUrl(),
          shards: settings.shards,
          session_start_limit: {
            total: 1_000,
            remaining: gateway.sessionsLeft(),
            reset_after: 86_400_000,
            max_concurrency: settings.maxConcurrency,
          },
        },
      }),
    },
  ]
  serveRest(gateway.server, {
    routes: [
      ...gatewayRoutes,
      ...channelRoutes({ world, settings, announce, tell: (happening) => gateway.tell(happening) }),
      ...commands.routes,
      ...interactionRoutes({ world, interactions, announce }),
    ],
    settings,
    faults,
    journal,
  })
  await listen(gateway.server)
  const port = (gateway.server.address() as AddressInfo).port
  const gatewayUrl = () => `ws://127.0.0.1:${port}`

  const fake: FakeDiscord = {
    apiUrl: `http://127.0.0.1:${port}/api`,
    controlUrl: `http://127.0.0.1:${port}/control`,
    token: settings.token,
    world,
    journal,
    gateway,
    faults,
    as: (userId) => personOf({ world, commands, interactions, announce, cdn: () => `http://127.0.0.1:${port}` }, userId),
    guild(members) {
      const guildId = world.addGuild('Test', { ownerId: members[0] ?? world.bot.id, members })
      return { guildId, channelId: world.addChannel(guildId, 'general') }
    },
    tell: (happening) => gateway.tell(happening),
    async [Symbol.asyncDispose]() {
      interactions.clear()
      await gateway[Symbol.asyncDispose]()
      journal.assertNoViolations()
    },
  }
  serveControl(gateway.server, fake)
  return fake
}
