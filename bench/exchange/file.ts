/** An iCalendar file as people have them: a zone, places, words, and every tenth event a series. */
export function calendarFile(events: number): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//bench//EN']
  const first = Temporal.PlainDateTime.from('2024-01-01T08:00')
  for (let index = 0; index < events; index++) {
    const start = first.add({ minutes: index * 97 })
    lines.push(
      'BEGIN:VEVENT',
      `UID:event-${index}@bench`,
      'DTSTAMP:20260101T000000Z',
      `DTSTART;TZID=Europe/Berlin:${compact(start)}`,
      `DTEND;TZID=Europe/Berlin:${compact(start.add({ minutes: 45 }))}`,
      `SUMMARY:Meeting number ${index} about the plan`,
      'LOCATION:Room 4\\, second floor',
      `DESCRIPTION:What was said the last time\\nand what is to be decided today ${index}`,
      ...(index % 10 === 0 ? ['RRULE:FREQ=WEEKLY;COUNT=20'] : []),
      'END:VEVENT',
    )
  }
  return [...lines, 'END:VCALENDAR', ''].join('\r\n')
}

function compact(wall: Temporal.PlainDateTime): string {
  return wall.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
}
