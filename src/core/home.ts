import type { Author, Place } from './message.ts'

/**
 * The place as it decides whose data a message is about.
 *
 * A Slack user exists in one team only, so the team is the space. A Discord user is the same person in
 * every server and in direct messages: what they keep follows them, and is found wherever they ask.
 */
export function homeOf(place: Place, author: Author): Place {
  return place.platform === 'discord' ? { ...place, space: `dm:${author.id}` } : place
}
