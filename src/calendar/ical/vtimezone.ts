import type { Component } from './components.ts'
import { type Observance, observanceOf } from './observance.ts'

/** Where most people live, one of each kind: tried first, so that Berlin is not called Arctic/Longyearbyen. */
const usual = [
  'America/New_York',
  'Europe/London',
  'Europe/Berlin',
  'America/Los_Angeles',
  'America/Chicago',
  'America/Denver',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Europe/Helsinki',
  'Europe/Moscow',
  'Asia/Dubai',
  'Africa/Johannesburg',
  'America/Sao_Paulo',
  'America/Halifax',
  'America/Phoenix',
  'Pacific/Auckland',
]

/**
 * The zone whose clock runs as a VTIMEZONE says in the year and the one after it.
 *
 * A definition that no place in the world has, with one offset all year, is that offset; any other is undefined.
 */
export function zoneLike(definition: Component, year: number): string | undefined {
  const observances = definition.components.slice(0, 200).flatMap((component) => observanceOf(component) ?? [])
  if (observances.length === 0) return undefined
  const samples = samplesOf(year).map((wall) => ({ wall, minutes: offsetAt(observances, wall) }))
  const found = [...usual, ...Intl.supportedValuesOf('timeZone')].find((zone) => samples.every((sample) => isAt(zone, sample)))
  if (found) return found
  const offsets = new Set(samples.map(({ minutes }) => minutes))
  return offsets.size === 1 ? offsetName(samples[0]?.minutes ?? 0) : undefined
}

/** Noon of every fourth day: no clock changes then, and every change lies between two of them. */
function samplesOf(year: number): Temporal.PlainDateTime[] {
  const first = new Temporal.PlainDateTime(year, 1, 1, 12)
  return Array.from({ length: 182 }, (_, index) => first.add({ days: index * 4 }))
}

function offsetAt(observances: readonly Observance[], wall: Temporal.PlainDateTime): number {
  let latest: { readonly onset: Temporal.PlainDateTime; readonly minutes: number } | undefined
  for (const { offsetMinutes, onsetBefore } of observances) {
    const onset = onsetBefore(wall)
    if (onset && (!latest || Temporal.PlainDateTime.compare(onset, latest.onset) > 0)) latest = { onset, minutes: offsetMinutes }
  }
  return latest?.minutes ?? observances[0]?.offsetMinutes ?? 0
}

function isAt(zone: string, { wall, minutes }: { readonly wall: Temporal.PlainDateTime; readonly minutes: number }): boolean {
  return wall.toZonedDateTime(zone).offsetNanoseconds === minutes * 60_000_000_000
}

function offsetName(minutes: number): string {
  const sign = minutes < 0 ? '-' : '+'
  const two = (value: number) => String(value).padStart(2, '0')
  return minutes === 0 ? 'UTC' : `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`
}
