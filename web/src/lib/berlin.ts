/** Instants as whole seconds since 1970 and the clock of Europe/Berlin; right on days of 23 and 25 hours. */

const HOUR = 3600
const DAY = 86_400
const wall = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** What a clock in Berlin shows, written as if it were UTC: date parts of it are read with getUTC…. */
export function clockOf(at: number): Date {
  return new Date(`${wall.format(at * 1000).replace(' ', 'T')}Z`)
}

/** Seconds that Berlin is ahead of UTC. */
export function offsetAt(at: number): number {
  return clockOf(at).getTime() / 1000 - Math.floor(at)
}

/** The instant at which clocks in Berlin show this; of an hour that comes twice the first, of one left out the next. Months count from 0 and may run over. */
export function instant(year: number, month: number, day: number, hour = 0, minute = 0): number {
  const shown = Date.UTC(year, month, day, hour, minute) / 1000
  const summer = shown - 2 * HOUR
  const winter = shown - HOUR
  return offsetAt(summer) === 2 * HOUR ? summer : winter
}

/** Midnight of the day that an instant belongs to, or of one some days later. */
export function midnight(at: number, later = 0): number {
  const clock = clockOf(at)
  return instant(clock.getUTCFullYear(), clock.getUTCMonth(), clock.getUTCDate() + later)
}

/** YYYY-MM-DD in Berlin. */
export function dayOf(at: number): string {
  return clockOf(at).toISOString().slice(0, 10)
}

/** Midnight of a day written YYYY-MM-DD; null for anything else. */
export function parseDay(text: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!found) return null
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number]
  const at = instant(year, month - 1, day)
  return dayOf(at) === text ? at : null
}

const MINUTES = [1, 5, 15, 30, 60, 120, 180, 360, 720]
const DAYS = [1, 2, 7, 14]
const MONTHS = [1, 2, 3, 6, 12]

/** Round moments of the local clock from one instant to another, about as many as wanted, never many more. */
export function ticks(from: number, to: number, wanted: number): number[] {
  const step = (0.9 * (to - from)) / Math.max(1, wanted)
  const minutes = MINUTES.find((one) => one * 60 >= step)
  if (minutes) return clockTicks(from, to, minutes)
  const days = DAYS.find((one) => one * DAY >= step)
  if (days) return dayTicks(from, to, days)
  return monthTicks(from, to, MONTHS.find((one) => one * 30.4 * DAY >= step) ?? 12)
}

function clockTicks(from: number, to: number, minutes: number): number[] {
  const found: number[] = []
  for (let day = midnight(from); day <= to; day = midnight(day, 1)) {
    const next = midnight(day, 1)
    for (let at = day; at < next; at += minutes * 60) {
      const shift = minutes > 60 ? offsetAt(day) - offsetAt(at) : 0
      const tick = at + shift
      if (tick >= from && tick <= to && tick < next && tick > (found.at(-1) ?? -1)) found.push(tick)
    }
  }
  return found
}

function dayTicks(from: number, to: number, days: number): number[] {
  const found: number[] = []
  let day = midnight(from)
  if (days >= 7) day = midnight(day, -((clockOf(day).getUTCDay() + 6) % 7))
  for (; day <= to; day = midnight(day, days)) if (day >= from) found.push(day)
  return found
}

function monthTicks(from: number, to: number, months: number): number[] {
  const start = clockOf(from)
  const found: number[] = []
  for (let month = start.getUTCMonth() - (start.getUTCMonth() % months); ; month += months) {
    const at = instant(start.getUTCFullYear(), month, 1)
    if (at > to) return found
    if (at >= from) found.push(at)
  }
}

const SHORT = ['Jan', 'Feb', 'Mrz', 'Apr', 'Mai', 'Jun', 'Jul', 'Aug', 'Sep', 'Okt', 'Nov', 'Dez']
const two = (value: number): string => String(value).padStart(2, '0')

/** What to write below a tick of a picture so many seconds wide. */
export function tickText(at: number, width: number): string {
  const clock = clockOf(at)
  const [month, day] = [clock.getUTCMonth(), clock.getUTCDate()]
  if (clock.getUTCHours() !== 0 || clock.getUTCMinutes() !== 0) return `${two(clock.getUTCHours())}:${two(clock.getUTCMinutes())}`
  if (width < 80 * DAY) return `${day}.${month + 1}.`
  return month === 0 && day === 1 ? String(clock.getUTCFullYear()) : day === 1 ? (SHORT[month] ?? '') : `${day}.${month + 1}.`
}
