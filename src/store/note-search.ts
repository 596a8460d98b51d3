import type { NoteSearch } from '#core/ports.ts'
import { folded } from './folded.ts'
import { Prisma } from './generated/client.ts'
import { allOf, wordsOf } from './search-sql.ts'

/** Notes with all the words, or with words that begin so: those with them in the title first, then the latest. */
export function notesSql(spaceId: string, ownerId: string, search: NoteSearch): Prisma.Sql | undefined {
  const words = wordsOf(search.words)
  if (words.length === 0) return undefined
  const query = Prisma.sql`${allOf(words, ':*')}::tsquery`
  const matches = Prisma.sql`note.search @@ ${query}`
  return ranked(spaceId, ownerId, search, matches, Prisma.sql`ts_rank(note.search, ${query})`)
}

/** Notes that hold nearly what was typed. */
export function nearlyNotesSql(spaceId: string, ownerId: string, search: NoteSearch): Prisma.Sql | undefined {
  if (wordsOf(search.words).length === 0) return undefined
  const words = folded(search.words)
  const alike = Prisma.sql`greatest(word_similarity(${words}, note.folded_title), word_similarity(${words}, note.folded_body))`
  return ranked(spaceId, ownerId, search, Prisma.sql`(${words} <% note.folded_title OR ${words} <% note.folded_body)`, alike)
}

function ranked(spaceId: string, ownerId: string, { folderId, limit }: NoteSearch, matches: Prisma.Sql, rank: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT note.id FROM note
    WHERE note.owner_id = ${ownerId}::uuid AND note.space_id = ${spaceId}::uuid AND note.state = 'kept' AND ${matches}
      ${folderId === undefined ? Prisma.empty : Prisma.sql`AND note.folder_id = ${folderId}::uuid`}
    ORDER BY ${rank} DESC, note.created_at DESC, note.id LIMIT ${limit}`
}
