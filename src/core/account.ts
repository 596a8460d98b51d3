import type { Author, Place, Platform } from './message.ts'
import type { Person, Space } from './model.ts'
import type { Met, Store } from './ports.ts'

/**
 * Whom the page and the API act for, as one word: somebody of the page by their own word there (`local`, `ann`), or
 * somebody who came from a chat, as `slack/T1/U1`.
 */
const fromChat = /^(?<platform>slack|discord|memory)\/(?<space>[^/]+)\/(?<user>[^/]+)$/

/** The word for a person. */
export function accountOf({ platform, externalId }: Pick<Space, 'platform' | 'externalId'>, { userId }: Pick<Person, 'userId'>): string {
  return platform === 'web' ? userId : `${platform}/${externalId}/${userId}`
}

/** Where they are alone with us, and who they are there. */
export function homeOfAccount(account: string): { readonly place: Place; readonly author: Author } {
  const { platform = 'web', space = 'local', user = account } = fromChat.exec(account)?.groups ?? {}
  // A name that is the id says nothing: whatever is known of them stays.
  return { place: { platform: platform as Platform, space, channel: user, kind: 'direct' }, author: { id: user, name: user } }
}

/** The person of an account, made on first sight. */
export function meetAccount({ people }: Pick<Store, 'people'>, account: string): Promise<Met> {
  const { place, author } = homeOfAccount(account)
  return people.meet(place, author)
}

/** Where somebody is alone with us. */
export function directPlace({ space, person }: Met): Place {
  return { platform: space.platform, space: space.externalId, channel: person.userId, kind: 'direct' }
}

// "Ann Lee" -> "ann-lee"
const notInWords = /[^\p{L}\p{N}]+/gu
const longestWord = 60

/** The word of somebody of the page, by their name; undefined when it holds no letter. */
export function wordOf(name: string): string | undefined {
  const word = name.normalize('NFKC').toLocaleLowerCase('en').replaceAll(notInWords, '-').replaceAll(/^-|-$/g, '').slice(0, longestWord)
  // Some platforms have numbers for people: nobody of the page is called like one of them.
  return /\p{L}/u.test(word) ? word : undefined
}
