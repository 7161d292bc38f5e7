import { describe, expect, it } from 'vitest'
import type { Meter } from '@/api/types'
import { fitting, pageOf, summary } from './meters'

const meter = (meter_id: string, change: Partial<Meter> = {}): Meter => ({
  meter_id,
  title: '',
  kind: 'household',
  seconds: 900,
  simulated: false,
  shared: false,
  mine: false,
  in_sum: true,
  customer: null,
  keep_days: null,
  facts: {},
  last: { ts: 1000, consumption_kw: 1, production_kw: null, quality: 'measured' },
  missing_s: 0,
  ...change,
})
const meters = [meter('b-10', { title: 'Haus 10' }), meter('b-2', { title: 'Haus 2', missing_s: 900 }), meter('c', { kind: 'pv', simulated: true, missing_s: 7200, last: { ts: 5, consumption_kw: 1, production_kw: null, quality: 'simulated' } }), meter('d', { last: null, missing_s: null })]
const ids = (search: Parameters<typeof fitting>[1]): string[] => fitting(meters, search).map((one) => one.meter_id)

describe('fitting', () => {
  it('puts those that miss most first, and those without values before them', () => expect(ids({})).toEqual(['d', 'c', 'b-2', 'b-10']))
  it('sorts by name as people count, and by age', () => {
    expect(ids({ ordnung: 'name' })).toEqual(['c', 'd', 'b-2', 'b-10'])
    expect(ids({ ordnung: 'alter' })[0]).toBe('d')
    expect(ids({ ordnung: 'alter' })[1]).toBe('c')
  })
  it('filters by kind, origin and text', () => {
    expect(ids({ art: 'pv' })).toEqual(['c'])
    expect(ids({ simuliert: 'nein', suche: 'HAUS' })).toEqual(['b-2', 'b-10'])
    expect(ids({ suche: 'B-1' })).toEqual(['b-10'])
  })
})

it('pages stay inside the list', () => {
  expect(pageOf([1, 2, 3], 9, 2)).toEqual({ page: 2, rows: [3] })
  expect(pageOf([], 3)).toEqual({ page: 1, rows: [] })
})

it('sums what is missing', () => expect(summary(meters)).toEqual({ gaps: 2, empty: 1, alone: 3 }))
