import type { Occurrence } from './occurrence.ts'

/**
 * The series that others were split off, by its UID: `4f2@ducktape`, and `4f2_R20261127T090000-a1b2c3@ducktape` of a
 * later part. Google names the parts of a series like that as well.
 */
const part = /_R\d{8}(?:T\d{6})?(?:-[\da-f]{6})?(?=@|$)/i

/** What the UIDs of a series and of all parts that were split off it begin with. */
export function rootOf(uid: string): string {
  const whole = uid.replace(part, '')
  return whole.includes('@') ? whole.slice(0, whole.lastIndexOf('@')) : whole
}

/** Of several parts of a series that was split, the one that comes first. */
export function firstOfEach<Part>(parts: readonly Part[], of: (part: Part) => Occurrence): readonly Part[] {
  const first = new Map<string, Part>()
  for (const part of parts) {
    const root = rootOf(of(part).event.uid)
    const other = first.get(root)
    if (!other || Temporal.Instant.compare(of(part).startsAt, of(other).startsAt) < 0) first.set(root, part)
  }
  return parts.filter((part) => first.get(rootOf(of(part).event.uid)) === part)
}

/** Whether an event is the series of that root, or a part of it. */
export function isOfRoot(uid: string, root: string): boolean {
  return rootOf(uid) === root
}

/** The UID of the part that begins with `from`. */
export function partUid(uid: string, from: Temporal.PlainDateTime, newId: string): string {
  const at = from.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
  return `${rootOf(uid)}_R${at}-${newId.replaceAll('-', '').slice(-6)}@ducktape`
}
