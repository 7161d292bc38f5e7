import { expect, it } from 'vitest'
import { readAdviceSearch, statesOf } from './search'

it('reads what the page knows and drops the rest', () => {
  const id = '01a200fe-31c8-7a3b-a092-15e6d5127a95'
  expect(readAdviceSearch({ empfehlung: id, verlauf: 'spaeter', zaehler: 'sim-home-001', fahrplan: 12 })).toEqual({ empfehlung: id, verlauf: 'spaeter', zaehler: 'sim-home-001', fahrplan: '12' })
  expect(readAdviceSearch({ empfehlung: 'x', verlauf: 'nie', zaehler: '../..', fahrplan: {} })).toEqual({})
})

it('asks for the state of the address, or for all but open ones', () => {
  expect(statesOf('passt_nicht')).toEqual(['declined'])
  expect(statesOf(undefined)).toEqual(['taken', 'later', 'declined', 'past'])
})
