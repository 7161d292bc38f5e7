import { describe, expect, it } from 'vitest'
import type { SeedRun } from '@/api/types'
import { highest, passing, thresholdOf, wayOf, whatIf, type Threshold } from './counts'
import { readSeedingSearch } from './search'
import { atWork, stageOf } from './words'

const run = (counts: Record<string, unknown>, state = 'done'): SeedRun => ({ run_id: 'r', pipeline: 'p', started_by: 'admin', reason: '', started_at: '', ended_at: null, state, counts, stopped: '' })

const HISTOGRAM = [0, 0, 1, 3, 2, 14, 0, 7, 414, 1579]
/* oxlint-disable-next-line unicorn/no-thenable -- the API calls it so */
const told = (measure: string, now: number, then: number, kept: number, fewer: number, text = '') => ({ measure, now, then, kept, fewer, text })

const quality = (): Threshold => {
  const found = thresholdOf({ quality: { histogram: HISTOGRAM }, what_if: [told('quality', 50, 85, 1986, 28, '85 statt 50: 28 Datensätze weniger, davon 28 Tickets.'), told('quality', 50, 95, 1546, 468), told('confidence', 70, 55, 2000, 0)] }, 'quality')
  if (!found) throw new Error('no threshold')
  return found
}

describe('the way', () => {
  it('counts what is left behind each step, people who objected first and the policy last', () => {
    const way = wayOf(['harmonise', 'exact'], run({ rows_in: 100, kept: 80, steps: { gate: 5, exact: 12, objection: 3 } }))
    expect(way.map(({ key, rows, out }) => [key, rows, out])).toEqual([['source', 100, null], ['objection', 97, 3], ['harmonise', 97, 0], ['exact', 85, 12], ['gate', 80, 5], ['version', 80, null]])
  })

  it('names steps that the pipeline has no longer, and each of them once', () => {
    expect(wayOf(['exact', 'exact'], run({ rows_in: 10, steps: { outliers: 2, exact: 1 } })).map(({ key }) => key)).toEqual(['source', 'exact', 'outliers', 'gate', 'version'])
  })

  it('says of a run that was stopped only what came in, and of none nothing', () => {
    expect(wayOf(['exact'], run({ rows_in: 100 }, 'stopped')).map(({ rows }) => rows)).toEqual([100, null, null, null])
    expect(wayOf(['exact'], undefined).every(({ rows, out }) => rows === null && out === null)).toBe(true)
  })

  it('fills with what a job tells on its way', () => {
    const way = wayOf(['exact', 'fuzzy'], run({}, 'running'), { source: 100, exact: 90 })
    expect(way.map(({ rows, out }) => [rows, out])).toEqual([[100, null], [90, 10], [null, null], [null, null], [null, null]])
  })

  it('knows that a job names the step of cleaning which is done', () => {
    expect(stageOf('gesäubert: exact', ['exact', 'fuzzy'])).toEqual({ counted: 'exact', active: 'fuzzy' })
    expect(stageOf('gesäubert: fuzzy', ['exact', 'fuzzy']).active).toBe('gate')
    expect([stageOf('sammeln', []).active, stageOf('ablegen', []).active, stageOf('', []).active]).toEqual(['source', 'version', undefined])
    expect([atWork('gesäubert: exact'), atWork('beurteilen')]).toEqual(['säubert, fertig ist „Gleiche“', 'beurteilt die Güte'])
  })
})

describe('another threshold', () => {
  it('is told as the API tells it, where it does', () => {
    expect(whatIf(quality(), 85)).toBe('85 statt 50: 28 Datensätze weniger, davon 28 Tickets.')
    expect(whatIf(quality(), 50)).toBe('50 gilt: 2.014 von 2.020 Datensätzen erreichen das.')
  })

  it('is exact at the tens of the histogram, and about right between what is known', () => {
    expect(passing(quality(), 40)).toEqual({ kept: 2016, exact: true })
    expect(whatIf(quality(), 40)).toBe('40 statt 50: 2 Datensätze mehr.')
    expect(whatIf(quality(), 90)).toBe('90 statt 50: 435 Datensätze weniger.')
    expect(whatIf(quality(), 93)).toBe('93 statt 50: etwa 455 Datensätze weniger.')
    expect(whatIf(quality(), 45)).toBe('45 statt 50: etwa 1 Datensatz mehr.')
    expect(whatIf(quality(), 65)).toBe('65 statt 50: 14 Datensätze weniger.')
  })

  it('never lets more records pass a higher one', () => {
    const kept = Array.from({ length: highest(quality()) + 1 }, (_, at) => passing(quality(), at).kept)
    expect(kept[0]).toBe(2020)
    expect(kept.every((one, at) => at === 0 || one <= (kept[at - 1] ?? 0))).toBe(true)
    expect(highest(quality())).toBe(95)
  })

  it('is not offered where a run did not come as far as judging, or the counts are of another kind', () => {
    for (const counts of [{}, { quality: { histogram: HISTOGRAM } }, { quality: { histogram: [1, 2] }, what_if: [told('quality', 50, 85, 1, 1)] }, { quality: 'x', what_if: 'y' }]) expect(thresholdOf(counts, 'quality')).toBeNull()
  })
})

it('reads from the address only what can be meant', () => {
  expect(readSeedingSearch({ pipeline: 'beispiel-tickets', teil: 'herkunft', satz: 4711, fassung: 'd4dd4895', quelle: 'a/b', lauf: 'x', schritt: '../' })).toEqual({ pipeline: 'beispiel-tickets', teil: 'herkunft', satz: '4711', fassung: 'd4dd4895', quelle: 'a/b' })
  expect(readSeedingSearch({ pipeline: 'Nein!', teil: 'alles', satz: '' })).toEqual({})
})
