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

/** Whether an event is the series of that root, or a part of it. */
export function isOfRoot(uid: string, root: string): boolean {
  return rootOf(uid) === root
}

/** The UID of the part that begins with `from`. */
export function partUid(uid: string, from: Temporal.PlainDateTime, newId: string): string {
  const at = from.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
  return `${rootOf(uid)}_R${at}-${newId.replaceAll('-', '').slice(-6)}@ducktape`
}
