import { expect, it } from 'vitest'
import type { EnergyFigure, Meter, MeterSeries } from '@/api/types'
import { ALL, chosen, curveOf, dayOf, peakOf, summable } from './day'

const figure = (name: string, value: number | null, more: Partial<EnergyFigure> = {}): EnergyFigure => ({ name, value, unit: '', meaning: '', reason: '', at: null, covered: 1, rows: 96, ...more })
const series = (resolution: number, mean: (number | null)[], production: (number | null)[] | null = null): MeterSeries => {
  const ts = mean.map((_, row) => row * resolution)
  const values = { min: mean, mean, max: mean }
  return { meter_id: 'm', unit: 'kW', resolution, columns: { ts, ...values }, quality: {}, peak: null, production: production ? { min: production, mean: production, max: production } : null, voltage: null }
}
const last = (ts: number) => ({ ts, consumption_kw: 1, production_kw: null, quality: 'measured' })
const meter = (meter_id: string, kind: Meter['kind'], mine = false): Meter => ({ meter_id, title: '', kind, seconds: 900, simulated: false, shared: false, customer: null, mine, keep_days: null, facts: {}, last: last(1000), missing_s: null })
const known = (cost: number | null, made = 0): EnergyFigure[] => [figure('energy', 100), figure('cost_fixed', cost), figure('cost_spot', null), figure('paid_price', 80), figure('production', made)]
const ids = (found: Meter[]): string[] => found.map((one) => one.meter_id)

it('takes a single meter as it is', () => {
  const day = dayOf([[figure('energy', 12, { covered: 0.9 }), figure('quarter_peak', 3, { at: 900 }), figure('production', 4), figure('self_consumption', 0.25), figure('cost_fixed', 3.6), figure('cost_spot', 2)]])
  expect(day).toEqual({ energy: 12, covered: 0.9, lacking: 1, peak: { value: 3, at: 900 }, production: 4, ownUse: 0.25, cost: { value: 3.6, kind: 'fixed' } })
})

it('sums several meters and weighs own use by what was made', () => {
  const day = dayOf([
    [figure('energy', 10), figure('production', 30), figure('self_consumption', 0.1), figure('quarter_peak', 9, { at: 1 })],
    [figure('energy', 5, { covered: 0.5 }), figure('production', 10), figure('self_consumption', 0.5)],
    [figure('energy', null, { covered: 0 }), figure('production', null)],
  ])
  expect(day).toMatchObject({ energy: 15, covered: 0.5, lacking: 2, peak: null, production: 40, ownUse: 0.2 })
})

it('tells costs by a tariff that all have, else at the spot price, else not at all', () => {
  expect(dayOf([known(30), known(20)]).cost).toEqual({ value: 50, kind: 'fixed' })
  expect(dayOf([known(30), known(null)]).cost).toEqual({ value: 16, kind: 'market' })
  expect(dayOf([known(null, 5)]).cost).toBeNull()
  expect(dayOf([]).cost).toBeNull()
})

it('sums curves in quarter-hours, where all are known', () => {
  const minutes = Array.from({ length: 30 }, (_, row) => (row < 15 ? 1 : row === 20 ? null : 2))
  const curve = curveOf([series(60, minutes), series(900, [3, null], [0.5, 0.5])])
  expect(curve).toEqual({ ts: [0, 900], consumption: [4, null], production: [0.5, 0.5], seconds: 900 })
  expect(curveOf([series(60, minutes)]).consumption).toEqual([1, 2])
  expect(peakOf(curve)).toEqual({ value: 4, at: 0 })
})

it('leaves out a quarter-hour of which less than half is known, and a meter without values', () => {
  const minutes = Array.from({ length: 20 }, () => 1)
  expect(curveOf([series(60, minutes), series(60, [])]).ts).toEqual([0])
})

it('chooses the wished meter, else the own, else the one that stands for the house', () => {
  const some = [meter('pv', 'pv'), meter('home', 'household'), meter('shop', 'business')]
  expect(ids(chosen(some, 'home'))).toEqual(['home'])
  expect(ids(chosen(some, 'gone'))).toEqual(['shop'])
  expect(ids(chosen([...some, meter('mine', 'ev', true)], ''))).toEqual(['mine'])
  expect(ids(chosen(some, ALL))).toEqual(['pv', 'home', 'shop'])
  expect(ids(chosen([some[0] as Meter], ALL))).toEqual(['pv'])
  expect(ids(chosen([{ ...meter('old', 'business'), last: last(0) }, { ...meter('new', 'household'), last: last(9e6) }], ''))).toEqual(['new'])
  expect(chosen([], ALL)).toEqual([])
  expect(summable(Array.from({ length: 13 }, (_, row) => meter(`m${row}`, 'household')))).toEqual([])
  expect(ids(summable([...some, { ...meter('stumm', 'household'), last: null }]))).toEqual(['pv', 'home', 'shop'])
  expect(ids(summable([...some, meter('netz', 'grid')]))).toEqual(['pv', 'home', 'shop'])
})
