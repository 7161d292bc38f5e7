import { expect, it } from 'vitest'
import type { Recommendation } from '@/api/types'
import { instant } from '@/lib/berlin'
import { periodText, waysOf } from './evidence'

const fact = (start: number, end: number, rows = 96) => ({ name: 'x', value: 1, unit: '', said: '1', label: 'x', start, end, rows })
const one = {
  meter_id: 'm-1',
  valid_from: instant(2026, 10, 22),
  valid_to: instant(2026, 10, 23),
  facts: [fact(0, 0, 0), fact(instant(2026, 9, 25), instant(2026, 10, 22)), fact(instant(2026, 10, 21), instant(2026, 10, 22)), fact(instant(2026, 10, 22), instant(2026, 10, 23))],
  norms: ['§ 41a EnWG'],
  terms: ['dynamischer Stromtarif'],
} as unknown as Recommendation

it('says a window as days where it is made of days', () => {
  expect(periodText(fact(instant(2026, 9, 25), instant(2026, 10, 22)))).toBe('25.10.2026 bis 21.11.2026')
  expect(periodText(fact(instant(2026, 10, 22), instant(2026, 10, 23)))).toBe('22.11.2026')
  expect(periodText(fact(instant(2026, 10, 22, 8), instant(2026, 10, 22, 9)))).toBe('22.11.2026, 08:00 bis 22.11.2026, 09:00')
  expect(periodText(fact(0, 0))).toBe('')
})

it('leads to the widest window of readings, the prices of the day and the passage', () => {
  expect(waysOf(one)).toEqual([
    { label: 'Lastgang dieser Zeit', to: '/energie', search: { zaehler: 'm-1', von: '2026-10-25', bis: '2026-11-21' } },
    { label: 'Preise des Tages', to: '/markt', search: { von: '2026-11-22', bis: '2026-11-22' } },
    { label: '§ 41a EnWG nachlesen', to: '/fragen', search: { frage: 'Was regelt § 41a EnWG?' } },
  ])
  expect(waysOf({ ...one, facts: [], norms: [] }).map((way) => way.search)).toEqual([{ frage: 'Was steht in den Unterlagen zu dynamischer Stromtarif?' }])
})
