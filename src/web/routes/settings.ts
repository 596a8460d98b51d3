import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { SettingsFields } from '#core/fields.ts'
import type { Accounts } from '../accounts.ts'
import type { Keeper } from '../keeping.ts'
import { SettingsSchema } from '../schemas.ts'
import { settingsView } from '../views.ts'
import { cleaned, line, Names, ZoneName } from './fields.ts'
import { failures, settled, version } from './shelf.ts'

const Clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: 'a clock time such as 09:00' })
const Before = z.string().max(30).refine(isDuration, { error: 'an ISO 8601 duration such as PT15M' })
const Link = line(1_000).nullable().optional()
const Digest = z
  .strictObject({ at: Clock, rrule: line(500), timeZone: ZoneName })
  .partial()
  .nullable()
  .optional()
  .describe('When it comes; null stops it')

const Changed = z
  .strictObject({
    timeZone: ZoneName,
    locale: z.string().max(35).refine(isLocale, { error: 'a language tag such as en-GB' }).nullable(),
    workingHours: z.strictObject({
      days: z.array(z.int().min(1).max(7)).min(1).max(7).describe('Monday is 1'),
      from: Clock,
      to: Clock.describe('Before `from` for whoever works past midnight'),
    }),
    bufferMinutes: z.int().min(0).max(1_440).describe('Kept free before and after each event'),
    alerts: z.array(Before).max(20).describe('How long before events that they make, when nobody says'),
    catchUpDays: z.int().min(0).max(365).describe('After so many days away they are told what they missed; 0 for never'),
    meetingLinks: z.strictObject({ zoom: Link, meet: Link, teams: Link, jitsi: Link, any: Link }),
    senders: z
      .strictObject({ from: z.enum(['everybody', 'nobody']), except: Names(100).optional() })
      .describe('Whose reminders they take, but for these people and groups, by name'),
    digests: z.strictObject({ agenda: Digest, review: Digest }),
    version: version.unwrap(),
  })
  .partial()

/** What `/settings` says and sets in chat. */
export function settingsRoutes(
  app: FastifyInstance,
  { keeper: { settings }, accounts }: { readonly keeper: Pick<Keeper, 'settings'>; readonly accounts: Accounts },
): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  const user = (request: FastifyRequest) => accounts.of(request).user
  const tags = ['settings']
  const response = { 200: z.object({ settings: SettingsSchema }), ...failures }

  api.get('/api/settings', { schema: { tags, operationId: 'getSettings', summary: 'How you want things', response } }, async (request) => ({
    settings: settingsView(await settings.get(user(request))),
  }))

  api.patch(
    '/api/settings',
    {
      schema: {
        tags,
        operationId: 'updateSettings',
        summary: 'Changes the settings that are given: all of them, or none',
        body: Changed,
        response,
      },
    },
    async (request) => {
      const { version: seen, ...input } = cleaned(request.body) as SettingsFields & { readonly version?: number }
      const { days } = input.workingHours ?? {}
      const sorted = input.workingHours && days ? { workingHours: { ...input.workingHours, days: [...new Set(days)].toSorted() } } : {}
      return { settings: settingsView(settled(await settings.change(user(request), { ...input, ...sorted }, seen), 'setting').one) }
    },
  )
}

function isDuration(text: string): boolean {
  try {
    return Boolean(Temporal.Duration.from(text))
  } catch {
    return false
  }
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
