import type { Logger } from 'pino'
import { problem, say } from '#core/reply.ts'
import { type Api, attempt } from './api.ts'
import { directWith } from './direct.ts'
import { type createDirectory, directoryPatienceMs } from './directory.ts'
import { encode } from './encode.ts'
import { eventForm, type Opening } from './event-form.ts'
import { post } from './send.ts'

export interface FormOpenerOptions {
  readonly api: Api
  readonly directory: ReturnType<typeof createDirectory>
  readonly log: Logger
}

const unopened = problem(
  say`I could not open the form in time. Choose “New event” again, or write it here: ${{ kind: 'code', text: 'lunch with Ann tomorrow at noon' }}`,
)

/**
 * Opens the form for a new event.
 *
 * Slack takes it within three seconds of the click, so it is not kept: after a crash the person clicks again.
 */
export function createFormOpener({ api, directory, log }: FormOpenerOptions) {
  async function open(opening: Opening, channel: string, zone: Promise<string | undefined>) {
    const view = eventForm(opening, channel, (await zone) ?? 'UTC')
    await attempt(api, 'opening a form', ({ views }) => views.open({ trigger_id: opening.trigger, view }))
  }

  return async (opening: Opening, ack: () => Promise<void>): Promise<void> => {
    await ack()
    const { user, trigger } = opening
    const zone = directory.complete({ id: user, name: user }, directoryPatienceMs).then(({ timeZone }) => timeZone)
    try {
      const channel = await directWith(api, user)
      await open(opening, channel, zone).catch(async (error: unknown) => {
        log.warn({ platform: 'slack', err: error }, 'form not opened')
        await post(api, { channel, mark: trigger, message: encode(unopened, { pings: 'anyone', alone: true }) })
      })
    } catch (error) {
      log.error({ platform: 'slack', err: error }, 'form not opened')
    }
  }
}
