import { describe, expect, it } from 'vitest'
import { formatAgo, formatBytes, formatCount, formatDay, formatMs, formatShare, formatSpan, formatTime, plural, today } from './format'

describe('times in Europe/Berlin', () => {
  it.each([
    ['2026-11-21T13:15:00Z', '21.11.2026, 14:15'],
    ['2026-07-01T22:30:00Z', '02.07.2026, 00:30'],
    ['2026-03-29T01:30:00Z', '29.03.2026, 03:30'],
  ])('%s is %s', (iso, text) => expect(formatTime(iso)).toBe(text))

  it('shows a dash for nothing and for nonsense', () => {
    expect(formatTime(null)).toBe('–')
    expect(formatDay('gestern')).toBe('–')
  })

  it('knows the day in Berlin late at night', () => expect(today(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01'))

  it('counts back in words', () => {
    const now = new Date('2026-11-21T13:15:00Z')
    expect(formatAgo('2026-11-21T13:14:40Z', now)).toBe('gerade eben')
    expect(formatAgo('2026-11-21T13:05:00Z', now)).toBe('vor 10 min')
    expect(formatAgo('2026-11-21T06:00:00Z', now)).toBe('heute, 07:00')
    expect(formatAgo('2026-11-19T06:00:00Z', now)).toBe('19.11.2026, 07:00')
  })

  it('measures spans', () => {
    expect(formatSpan('2026-11-21T13:00:00Z', '2026-11-21T13:00:48Z')).toBe('48 s')
    expect(formatSpan('2026-11-21T13:00:00Z', '2026-11-21T13:03:05Z')).toBe('3 min 5 s')
    expect(formatSpan('2026-11-21T11:00:00Z', '2026-11-21T13:05:00Z')).toBe('2 h 5 min')
    expect(formatSpan(null, null)).toBe('–')
  })
})

describe('numbers', () => {
  it('groups and separates as Germans do', () => {
    expect(formatCount(1234567)).toBe('1.234.567')
    expect(formatBytes(52_428_800)).toBe('50 MB')
    expect(formatBytes(1536)).toBe('1,5 KB')
    expect(formatBytes(999)).toBe('999 Byte')
    expect(formatMs(4.21)).toBe('4,2 ms')
    expect(formatMs(1540)).toBe('1,5 s')
    expect(formatShare(0.914)).toBe('91 %')
    expect(formatCount(undefined)).toBe('–')
  })

  it('picks the singular only for one', () => {
    expect(plural(1, 'Datei', 'Dateien')).toBe('1 Datei')
    expect(plural(0, 'Datei', 'Dateien')).toBe('0 Dateien')
  })
})
