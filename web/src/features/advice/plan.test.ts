import { expect, it } from 'vitest'
import type { Schedule } from '@/api/types'
import { planPicture, sourcesText } from './plan'

const plan = {
  seconds: 900,
  loads_kw: { Ofen: [0, 2] },
  sources: { prices: 'forecast', base: 'usual', pv: 'none' },
  columns: { ts: [0, 900], buy_eur_kwh: [0.3012, -0.01], sell_eur_kwh: [0, 0], base_kw: [1, 1], pv_kw: [0, 0], battery_kw: [2, -2], stored_kwh: [0.5, 0], curtailed_kw: [0, 0], grid_kw: [3, 1], idle_grid_kw: [1, 3] },
} as unknown as Schedule

it('draws both curves of the grid, what is moved, and the price as paid', () => {
  const picture = planPicture(plan)
  expect([picture.from, picture.to]).toEqual([0, 1800])
  expect(picture.lines.map(({ name, values }) => [name, values])).toEqual([
    ['Netz ohne Fahrplan', [1, 3]],
    ['Netz mit Fahrplan', [3, 1]],
    ['Batterie (über null lädt sie)', [2, -2]],
    ['Ofen', [0, 2]],
    ['Preis', [30.12, -1]],
  ])
})

it('says where its numbers come from', () => {
  expect(sourcesText(plan)).toBe('vorhergesagte Preise, üblicher Verbrauch')
})
