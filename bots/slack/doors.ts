interface Door {
  /** What the words behind the door lack to be a sentence. */
  readonly opening: string
  /** Words that already open a sentence of this kind. */
  readonly opened: RegExp
  /** What a bare "list" lists. */
  readonly all: string
}

const doors: Readonly<Record<string, Door>> = {
  '/remind-me': { opening: 'remind me', opened: /^(?:remind|list|show|cancel|snooze)\b/i, all: 'list my reminders' },
  '/event': { opening: 'event', opened: /^(?:events?|list|show|cancel|move|find)\b/i, all: 'list my events' },
  '/agenda': { opening: 'agenda', opened: /^agenda\b/i, all: 'agenda' },
  '/todo': {
    opening: 'todo',
    // "/todo move the couch" is something to do, and "/todo move the couch to my house list" is not.
    opened:
      /^(?:(?:todos?|lists?|show|complete|done|reopen|overdue)\b|what(?:'s| is) (?:due|overdue|on)\b|(?:add|put|move|rename|delete|remove|clear|empty|what|which|tick|my)\b.*\b(?:lists?|todos)\b)/i,
    all: 'list my todos',
  },
  '/note': {
    opening: 'note',
    opened: /^(?:(?:notes?|list|show)\b|(?:search|find|open|read|what|which|change|rename|delete|move|add|my)\b.*\b(?:notes?|folders?)\b)/i,
    all: 'list my notes',
  },
}

/** The commands beside `/duck` stand for the first words of a sentence, and alone for the list of what is behind them. */
export function sentenceOf(command: string, written: string): string {
  const text = written.trim()
  const door = doors[command]
  if (!door) return text
  if (/^(?:list|show|)$/i.test(text)) return door.all
  if (/^(?:help|\?)$/i.test(text)) return 'help'
  if (door.opened.test(text)) return text
  // "/note find wifi" looks among the notes alone.
  const sought = command === '/note' ? /^(?:find|search(?: for)?)\s+(?<words>\S.*)$/is.exec(text)?.groups?.words : undefined
  if (sought !== undefined) return `search my notes for ${sought}`
  // "/remind-me me to ..." and "/remind-me @bob to ..." say themselves whom.
  if (command === '/remind-me' && /^(?:me\b|<[@#]|@\w|#\w)/i.test(text)) return `remind ${text}`
  return `${door.opening} ${text}`
}
