/** Names of fields whose values never reach a log, however deep they lie. */
const secretName = /token|secret|authori[sz]ation|password|passphrase|cookie|credential|api[-_]?key|private[-_]?key|signature/i

/** What Postgres says of the row that an error is about, and of the words that it could not read; what Discord was sent: people wrote it. */
const ofPeople = /^(?:detail|where|internalQuery|requestBody)$/
/** Slack: "xoxb-12-ab"  "xapp-1-A"  "xoxe.xoxp-1-a" */
const slackToken = /\b(?:xox[a-z]|xapp)[.-][\w.-]+/g
/** "Bearer abc.def"  "Bot abc.def.ghi", in headers that an error has quoted. */
const authorization = /\b(?<scheme>Bearer|Basic|Bot)\s+[\w~+/.=-]{8,}/gi
/** Discord: the user id in base64, a time, a signature. */
const discordToken = /\b[MNO][\w-]{22,27}\.[\w-]{6,7}\.[\w-]{27,}/g
/** "postgres://ann:hunter2@db/x" */
//               ↑ user  ↑ password
const urlPassword = /(?<before>\b[a-z][a-z\d+.-]{0,30}:\/\/[^\s:/@]*:)[^\s/@]+@/gi
/** "?token=abc"  "&ticket=abc" */
const queryToken = /(?<before>[?&](?:token|ticket|key|secret|code)=)[^\s&"'#]+/gi

const removed = '[removed]'

/** One line of JSON without the secrets in it. A line that is not JSON is cleaned as text. */
export function scrubLine(line: string): string {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch {
    return scrubText(line)
  }
  return `${JSON.stringify(scrub(parsed))}\n`
}

function scrub(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (Array.isArray(value)) return value.map(scrub)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, isPrivate(name) && inner ? removed : scrub(inner)]))
}

function isPrivate(name: string): boolean {
  return secretName.test(name) || ofPeople.test(name)
}

function scrubText(text: string): string {
  return withoutQuery(text)
    .replace(slackToken, removed)
    .replace(authorization, `$<scheme> ${removed}`)
    .replace(discordToken, removed)
    .replace(urlPassword, `$<before>${removed}@`)
    .replace(queryToken, `$<before>${removed}`)
}

/** "Invalid `todo.create()` invocation: { … } Unknown argument": what the database's client was asked, as its errors quote it. */
function withoutQuery(text: string): string {
  const begin = /\binvocation:\s*\{/.exec(text)
  const end = text.lastIndexOf('\n}')
  if (!begin || end < begin.index) return text
  return `${text.slice(0, begin.index)}invocation: ${removed}${text.slice(end + 2)}`
}
