/** An answer of the emulated REST API. */
export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** What the real service would refuse, with the status and the code that it would give. */
export class Refusal extends Error {
  readonly status: number
  readonly code: number
  readonly errors: unknown

  constructor(status: number, code: number, message: string, errors?: unknown) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.code = code
    this.errors = errors
  }
}

export const unauthorised = () => new Refusal(401, 0, '401: Unauthorized')
export const unknownRoute = () => new Refusal(404, 0, '404: Not Found')
export const unknownChannel = () => new Refusal(404, 10003, 'Unknown Channel')
export const unknownMessage = () => new Refusal(404, 10008, 'Unknown Message')
export const unknownUser = () => new Refusal(404, 10013, 'Unknown User')
export const unknownMember = () => new Refusal(404, 10007, 'Unknown Member')
export const unknownWebhook = () => new Refusal(404, 10015, 'Unknown Webhook')
export const unknownInteraction = () => new Refusal(404, 10062, 'Unknown interaction')
export const unknownCommand = () => new Refusal(404, 10063, 'Unknown application command')
export const unknownGuild = () => new Refusal(404, 10004, 'Unknown Guild')
export const missingAccess = () => new Refusal(403, 50001, 'Missing Access')
export const missingPermissions = () => new Refusal(403, 50013, 'Missing Permissions')
export const notAuthor = () => new Refusal(403, 50005, 'Cannot edit a message authored by another user')
export const emptyMessage = () => new Refusal(400, 50006, 'Cannot send an empty message')
export const closedDirectMessages = () => new Refusal(403, 50007, 'Cannot send messages to this user')
export const staleToken = () => new Refusal(401, 50027, 'Invalid Webhook Token')
export const invalidForm = (path: string, code: string, message: string) =>
  new Refusal(400, 50035, 'Invalid Form Body', nested(path.split('.'), { _errors: [{ code, message }] }))

function nested(path: readonly string[], leaf: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), leaf)
}
