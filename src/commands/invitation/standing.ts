import type { Attendee } from '#core/model.ts'

/** How somebody stands with an event: "You are coming:" */
export function standing({ response, waiting }: Attendee): string {
  switch (response) {
    case 'accepted':
      return waiting === null ? 'You are coming:' : 'All seats are taken; you are on the waiting list and move up by itself:'
    case 'declined':
      return 'You are not coming:'
    default:
      return 'You may come:'
  }
}
