export interface Calendar {
  readonly id: string
  readonly spaceId: string
  /** Null for the calendar of a channel or of the space. */
  readonly ownerId: string | null
  readonly kind: 'personal' | 'channel' | 'space'
  /** The platform's id of the channel that it belongs to. */
  readonly channel: string | null
  readonly name: string
  readonly colour: string | null
  /** SHA-256, hexadecimal, of the secret in the address of its feed. */
  readonly feedSecretHash: string | null
  readonly state: 'kept' | 'deleted'
  readonly shares: readonly CalendarShare[]
  readonly version: number
}

export interface CalendarShare {
  readonly personId: string
  readonly access: 'read' | 'write'
  /** True when they do not want to see it. */
  readonly hidden: boolean
}

export interface Group {
  readonly id: string
  readonly spaceId: string
  readonly ownerId: string
  readonly name: string
  readonly memberIds: readonly string[]
  readonly state: 'kept' | 'deleted'
  readonly version: number
}
