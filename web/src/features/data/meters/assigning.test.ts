import { describe, expect, it } from 'vitest'
import { dayOf, faultsOf, givenOf, rowsOf } from './assigning'

const told = [
  { customer: 'anna', from: '1999-12-31T23:00:00Z', to: '2026-06-30T22:00:00Z', assigned_at: '' },
  { customer: 'ben', from: '2026-07-01T10:30:00Z', to: null, assigned_at: '' },
]

const row = (customer: string, from: string, to: string) => ({ customer, from, to })

describe('assignments', () => {
  it('are days of Berlin in the form', () => {
    expect(rowsOf(told).map(({ from, to }) => [from, to])).toEqual([
      ['2000-01-01', '2026-07-01'],
      ['2026-07-01', ''],
    ])
    expect(dayOf('2000-01-01T00:00:00Z')).toBe('')
  })
  it('keep the time of day of what nobody changed', () => {
    const rows = rowsOf(told)
    expect(givenOf(rows)[1]).toEqual({ customer: 'ben', from: '2026-07-01T10:30:00Z', to: null })
    expect(givenOf([{ ...rows[1]!, from: '2026-07-02', to: '2026-12-31' }])[0]).toEqual({ customer: 'ben', from: '2026-07-02', to: '2026-12-31' })
  })
  it('name what cannot be', () => {
    expect(faultsOf([row('anna', '2026-01-01', '2026-06-01'), row('ben', '2026-06-01', '')]).size).toBe(0)
    expect(faultsOf([row('anna', '2026-01-01', ''), row('ben', '2026-06-01', '')]).get(1)).toContain('überschneidet')
    expect(faultsOf([row(' ', '', '')]).get(0)).toContain('Person')
    expect(faultsOf([row('anna', '2026-06-01', '2026-01-01')]).get(0)).toContain('Anfang')
  })
})
