import type { Place, Platform } from './message.ts'
import type { Circle, Recipient } from './model.ts'
import type { Messenger } from './ports.ts'

/** What a platform says of places and people, as far as it can be asked at this moment. */
export interface Reach {
  /** The platform's own code for why a message would not arrive there; undefined when nothing speaks against it, or nobody knows. */
  obstacle(platform: Platform, to: Recipient): Promise<string | undefined>
  /** Whether somebody has a role or is in a channel; undefined when nobody knows. */
  belongs(platform: Platform, user: string, to: Circle): Promise<boolean | undefined>
  /** Whether somebody manages the place's space; undefined when nobody knows. */
  manages(place: Place, user: string): Promise<boolean | undefined>
  /** The role of that name in the place's server; undefined when there is none, or nobody knows. */
  roleNamed(place: Place, name: string): Promise<Circle | undefined>
}

/** How long a person waits for the look, in milliseconds. */
const patience = 1_500

export function createReach(messengers: () => readonly Messenger[]): Reach {
  async function look<Seen>(platform: Platform, ask: (messenger: Messenger) => Promise<Seen> | undefined): Promise<Seen | undefined> {
    const messenger = messengers().find((each) => each.platform === platform)
    const asked = messenger && ask(messenger)
    if (!asked) return undefined
    const { promise: late, resolve } = Promise.withResolvers<undefined>()
    const timer = setTimeout(resolve, patience, undefined)
    try {
      return await Promise.race([asked, late])
    } catch {
      // Whoever cannot be asked now may be reached later.
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    obstacle: (platform, to) => look(platform, (messenger) => messenger.obstacle?.(to)),
    belongs: (platform, user, to) => look(platform, (messenger) => messenger.belongs?.(user, to)),
    manages: async ({ platform, space }, user) => {
      const messenger = messengers().find((each) => each.platform === platform)
      // Where nobody is asked there is nobody to ask: the page is whoever's sits at it.
      return messenger && !messenger.manages ? true : look(platform, (each) => each.manages?.(space, user))
    },
    roleNamed: ({ platform, space }, name) => look(platform, (messenger) => messenger.roleNamed?.(space, name)),
  }
}
