import { describe, expect, it } from 'vitest'
import { isFiltered, readDataSearch } from './search'

describe('readDataSearch', () => {
  it('keeps what it knows', () => {
    const address = { ansicht: 'lieferungen', suche: 'Haus', art: 'pv', simuliert: 'nein', ordnung: 'alter', seite: '3', zaehler: 'sim-haus-001', quelle: 'mqtt', blatt: 2, lieferung: '17' }
    expect(readDataSearch(address)).toEqual({ ansicht: 'lieferungen', suche: 'Haus', art: 'pv', simuliert: 'nein', ordnung: 'alter', seite: 3, zaehler: 'sim-haus-001', quelle: 'mqtt', blatt: 2, lieferung: 17 })
  })

  it('drops nonsense, and what is usual anyway', () => {
    expect(readDataSearch({ ansicht: 'zaehler', suche: ' ', art: 'x', simuliert: true, ordnung: 'luecken', seite: -2, zaehler: '<b>', quelle: 'A B', blatt: 1, lieferung: 'x' })).toEqual({})
    expect(readDataSearch({ seite: 1e300, lieferung: null, suche: 14 })).toEqual({ suche: '14' })
  })

  it('knows whether meters are filtered', () => {
    expect(isFiltered({ ordnung: 'name', seite: 2, quelle: 'alle' })).toBe(false)
    expect(isFiltered({ simuliert: 'nein' })).toBe(true)
  })
})
