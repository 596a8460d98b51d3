/**
 * How far ahead due reminders wait in the queue. What comes later waits in Postgres for the sweep, so that
 * a lost queue is made whole in one sweep and a million plans of next year cost no memory.
 */
export const horizon = { minutes: 15 } as const
