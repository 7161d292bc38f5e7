import { describe, expect, it } from 'vitest'
import type { Feed } from '@/api/types'
import { ageText, feedState, gapWord, importState, inOrder, intervalText, lengthText } from './words'

const feed = (change: Partial<Feed>): Feed => ({ name: 'mqtt', kind: 'mqtt', configured: true, enabled: true, settings: {}, rows: 0, last_at: null, last_error: null, error_at: null, ...change })

describe('states of sources', () => {
  it('name a fault before anything else that runs', () => {
    expect(feedState(feed({ last_error: 'Keine Verbindung', last_at: '2026-11-22T00:00:00Z' })).label).toBe('gestört')
    expect(feedState(feed({ last_at: '2026-11-22T00:00:00Z' })).label).toBe('in Betrieb')
    expect(feedState(feed({ enabled: false, last_error: 'alt' })).label).toBe('angehalten')
    expect(feedState(feed({ configured: false })).label).toBe('nicht eingerichtet')
    expect(feedState(feed({ name: 'push', enabled: false })).label).toBe('empfangsbereit')
  })

  it('put faults first', () => {
    const feeds = [feed({ name: 'drop', enabled: false }), feed({ name: 'smard', last_at: 'x' }), feed({ name: 'mqtt', last_error: 'x' })]
    expect(inOrder(feeds).map((one) => one.name)).toEqual(['mqtt', 'smard', 'drop'])
  })
})

describe('lengths and ages', () => {
  it('take two units at most', () => {
    expect([45, 1200, 3600, 11_700, 86_400, 2.5 * 86_400, 30 * 86_400].map(lengthText)).toEqual(['45 s', '20 min', '1 h', '3 h 15 min', '1 Tag', '2 Tage 12 h', '30 Tage'])
  })

  it('say how old the newest value is', () => {
    expect(ageText(1000, 1030)).toBe('gerade eben')
    expect(ageText(0, 600)).toBe('vor 10 min')
    expect(ageText(0, 3 * 86_400)).toBe('vor 3 Tagen')
    expect(ageText(0, 120 * 86_400)).toBe('vor 4 Monaten')
    expect(ageText(0, 13.5 * 365.25 * 86_400)).toBe('vor 13 Jahren')
  })

  it('tell gaps apart from nothing at all', () => {
    expect(gapWord(null)).toEqual({ label: 'keine Werte', shade: 'neutral' })
    expect(gapWord(0).shade).toBe('ok')
    expect(gapWord(900)).toEqual({ label: '15 min fehlen', shade: 'warn' })
    expect(gapWord(90_000).shade).toBe('bad')
  })

  it('say how often', () => expect([60, 300, 3600, 10].map(intervalText)).toEqual(['jede Minute', 'alle 5 Minuten', 'jede Stunde', 'alle 10 Sekunden']))
})

describe('importState', () => {
  it('says when only a part was taken', () => {
    expect(importState({ state: 'done', report: { refused: 3 } })).toEqual({ label: 'teilweise', shade: 'warn' })
    expect(importState({ state: 'done', report: { refused: 0 } }).label).toBe('aufgenommen')
    expect(importState({ state: 'refused', report: {} }).shade).toBe('bad')
  })
})
