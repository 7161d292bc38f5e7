import { describe, expect, it } from 'vitest'
import type { Capability } from '@/api/types'
import { firstPage, handyPages, mayOpen, pagesOf } from './nav'

const STAFF: Capability[] = ['use', 'company', 'serve']
const OPERATOR: Capability[] = [...STAFF, 'review', 'measure', 'data', 'operate', 'examine', 'learned', 'learn', 'promote', 'library', 'rights', 'people', 'configure']
const labels = (may: Capability[], user: string | null = 'anna'): string[] => pagesOf({ may, user }).map(({ label }) => label)

describe('the pages', () => {
  it('are those that somebody may open', () => {
    expect(labels(['use'])).toEqual(['Übersicht', 'Fragen', 'Energie', 'Markt', 'Empfehlungen', 'Dokumente', 'Meine Daten', 'Hilfe', 'Einstellungen'])
    expect(labels([...STAFF, 'measure', 'data', 'operate', 'learned'])).toEqual(expect.arrayContaining(['Daten & Simulator', 'KPIs & Alarme', 'Lernen & Protokoll', 'Betrieb']))
    expect(labels(OPERATOR)).toContain('Personen')
    expect(labels(STAFF)).toContain('Übergaben')
    expect(labels(STAFF)).not.toContain('Feinabstimmung')
    expect([labels([...STAFF, 'review']), labels(['use', 'company', 'examine', 'learned'])].every((some) => some.includes('Feinabstimmung'))).toBe(true)
    expect(labels(OPERATOR, null)).not.toContain('Übergaben')
    expect(labels(OPERATOR).filter((label) => label === 'Einstellungen')).toHaveLength(1)
  })

  it('have a heading where a group begins, and none of a person for the key', () => {
    expect(pagesOf({ may: OPERATOR, user: null }).filter(({ heads }) => heads).map(({ heads, label }) => `${heads}: ${label}`)).toEqual(['Verwaltung: Kundendienst'])
    expect(pagesOf({ may: [...STAFF, 'review'], user: 'rita' }).map(({ heads }) => heads).filter(Boolean)).toEqual(['Aufgaben', 'Persönlich'])
  })

  it('are refused by the same table', () => {
    expect(mayOpen([...STAFF, 'review'], '/admin/gespraeche')).toBe(true)
    expect(mayOpen([...STAFF, 'review'], '/admin/personen')).toBe(false)
    expect(mayOpen(['use', 'learned'], '/admin/lernen')).toBe(true)
    expect(mayOpen(['use'], '/admin')).toBe(false)
    expect(mayOpen(STAFF, '/admin')).toBe(false)
  })

  it('are at hand on a phone where one’s own work begins', () => {
    const { atHand, others } = handyPages({ may: [...STAFF, 'review'], user: 'rita' })
    expect(atHand.map(({ label }) => label)).toEqual(['Übersicht', 'Fragen', 'Energie', 'Gespräche'])
    expect(others.map(({ label }) => label)).not.toContain('Gespräche')
    expect(handyPages({ may: ['use'], user: 'anna' }).atHand.at(-1)?.label).toBe('Markt')
  })

  it('begin with the work of who signs in', () => {
    expect([['use'], STAFF, [...STAFF, 'review'], [...STAFF, 'operate'], ['use', 'company', 'examine'], OPERATOR].map((may) => firstPage(may as Capability[]).to)).toEqual(['/', '/fragen', '/admin/gespraeche', '/admin/betrieb', '/admin/lernen', '/'])
  })
})
