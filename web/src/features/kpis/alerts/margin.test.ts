import { describe, expect, it } from 'vitest'
import type { AlertRule, RuleData } from '@/api/types'
import { remarkOf } from './alert-words'
import { endText, foundText, limitsText, marginText, nearestFirst, spanText, watchesOf, windowText, type Watch } from './margin'

const SHARE = { kind: 'share', unit: '%', digits: 2 } as const
const TONE = { kind: 'mean', unit: '', digits: 2 } as const

const watch = (more: Partial<Watch>): Watch => ({
  rule: 'ohne_antwort', kpi: 'refused_share', title: 'Ohne Antwort', segment: '', direction: 'above', warn: 0.25, critical: 0.45, clear: 0.05, method: 'threshold', window: '24h', times: 3, least: 30,
  state: 'ok', value: 0.08, low: 0.06, high: 0.11, n: 412, ...more,
})

describe('the margin of a figure', () => {
  it('is told to the next threshold, in points of a share and in the unit of everything else', () => {
    expect(marginText(watch({}), SHARE)).toBe('noch 17,0\u00a0Punkte bis zur Warnung')
    expect(marginText(watch({ value: 0.4, state: 'warn' }), SHARE)).toBe('15,0\u00a0Punkte jenseits der Warnung, noch 5,0\u00a0Punkte bis kritisch')
    expect(marginText(watch({ value: 0.4, state: 'warn', critical: null }), SHARE)).toBe('15,0\u00a0Punkte jenseits der Warnung')
    expect(marginText(watch({ value: 0.5, state: 'critical' }), SHARE)).toBe('5,0\u00a0Punkte jenseits von kritisch')
    const below = { direction: 'below', warn: -0.15, critical: -0.35 } as const
    expect(marginText(watch({ ...below, value: 0.07 }), TONE)).toBe('noch 0,22 bis zur Warnung')
    expect(marginText(watch({ ...below, value: -0.4, state: 'critical' }), TONE)).toBe('0,05 jenseits von kritisch')
    expect(marginText(watch({ method: 'cusum', warn: 8, critical: 16, value: 2 }), SHARE)).toBe('noch 6,0\u00a0σ bis zur Warnung')
  })

  it('says what is lacking instead of a margin that nobody may rely on', () => {
    expect(marginText(watch({ state: 'no_data', n: 4 }), SHARE)).toBe('4 von 30 nötigen Fällen')
    expect(marginText(watch({ state: 'no_data', value: null, n: 412 }), SHARE)).toBe('der Vergleich mit früher fehlt noch')
    expect(marginText(watch({ state: null, value: null }), SHARE)).toBe('noch nicht bewertet')
  })

  it('goes with its thresholds, when an alarm ends, and what was found over which time', () => {
    expect(limitsText(watch({}), SHARE)).toBe('Warnung über 25,0\u00a0%, kritisch über 45,0\u00a0%')
    expect(limitsText(watch({ direction: 'below', critical: null, warn: -0.15 }), TONE)).toBe('Warnung unter -0,15')
    expect(endText(watch({}), SHARE)).toBe('Ende bis 20,0\u00a0%, jeweils erst beim 3. Mal in Folge')
    expect(endText(watch({ direction: 'below', warn: 0.7, times: 1 }), SHARE)).toBe('Ende ab 75,0\u00a0%')
    expect(foundText(watch({}), SHARE)).toBe('8,0\u00a0% (zwischen 6,0 und 11,0\u00a0%, n\u00a0=\u00a0412)')
    expect(foundText(watch({ value: null, n: 0 }), SHARE)).toBe('nichts gemessen (n\u00a0=\u00a00)')
    expect([windowText('24h'), windowText('1d'), windowText('14d')]).toEqual(['24\u00a0Stunden', '1\u00a0Tag', '14\u00a0Tage'])
    expect(spanText({ window: '2d', method: 'ewma' })).toBe('2\u00a0Tage, gleitendes Mittel')
  })

  it('orders what needs somebody first, then what has used up most of its room', () => {
    const all = [watch({ rule: 'fern' }), watch({ rule: 'blind', state: 'no_data' }), watch({ rule: 'nah', value: 0.2 }), watch({ rule: 'knapp', value: 0.01, warn: 0.02 }), watch({ rule: 'warnung', state: 'warn', value: 0.3 })]
    expect(all.toSorted(nearestFirst).map(({ rule }) => rule)).toEqual(['warnung', 'nah', 'knapp', 'fern', 'blind'])
  })
})

describe('rules in force', () => {
  const { rule, state, value, low, high, n, ...limits } = watch({})
  const given = { ...limits, name: rule, text: '', threshold_text: '', action: { ticket: 'auto', channels: [] } } as unknown as RuleData
  const alert = { rule, state: 'ok', explanation: { ...limits, value, low, high, n } } as unknown as AlertRule

  it('stand where their last evaluation left them, and nowhere once they read differently', () => {
    expect(watchesOf([given], [alert])[0]).toMatchObject({ rule, state, value, n })
    expect(watchesOf([{ ...given, warn: 0.05 }], [alert])[0]).toMatchObject({ warn: 0.05, state: null, value: null })
    expect(watchesOf([given], [])[0]?.state).toBeNull()
    expect(watchesOf([], [alert])).toEqual([])
  })
})

describe('what an alert says beside its value', () => {
  const threshold = 'Warnung über 25,0 %, je 3x in Folge'
  it('is no threshold a second time, but how often in a row or what is lacking', () => {
    expect(remarkOf({ sentence: `Ohne Antwort über 24 Stunden: 40,0 % [32,0 bis 49,0] (n = 1.120). ${threshold}.`, threshold_text: threshold })).toBe('')
    expect(remarkOf({ sentence: 'Ohne Antwort über 24 Stunden: 40,0 % (n = 120). Das 2. Mal jenseits der Schwelle; Alarm beim 3. Mal.', threshold_text: threshold })).toBe('Das 2. Mal jenseits der Schwelle; Alarm beim 3. Mal.')
  })
})
