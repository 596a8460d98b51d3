import type { Logger } from 'pino'
import { type Api, attempt } from './api.ts'
import { directWith } from './direct.ts'
import { type createDirectory, directoryPatienceMs } from './directory.ts'
import { eventForm, type Opening } from './event-form.ts'

export interface FormOpenerOptions {
  readonly api: Api
  readonly directory: ReturnType<typeof createDirectory>
  readonly log: Logger
}

/**
 * Opens the form for a new event.
 *
 * Slack takes it within three seconds of the click, so it is not kept: after a crash the person clicks again.
 */
export function createFormOpener({ api, directory, log }: FormOpenerOptions) {
  return async (opening: Opening, ack: () => Promise<void>): Promise<void> => {
    await ack()
    const { user, trigger } = opening
    try {
      const [{ timeZone = 'UTC' }, channel] = await Promise.all([
        directory.complete({ id: user, name: user }, directoryPatienceMs),
        directWith(api, user),
      ])
      const view = eventForm(opening, channel, timeZone)
      await attempt(api, 'opening a form', ({ views }) => views.open({ trigger_id: trigger, view }))
    } catch (error) {
      log.error({ platform: 'slack', err: error }, 'form not opened')
    }
  }
}
