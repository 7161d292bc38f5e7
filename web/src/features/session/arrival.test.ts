import { expect, it } from 'vitest'
import { readArrival } from './arrival'

const read = (address: string) => readArrival(new URL(address, 'http://nova.example'))

it('takes secrets and messages out of the address', () => {
  expect(read('/einladung#abc-DEF_1')).toEqual({ arrival: { secret: 'abc-DEF_1', fault: '', step: '', to: '/' }, left: '/einladung' })
  expect(read('/?fehler=Nein&teil=x')).toMatchObject({ arrival: { fault: 'Nein' }, left: '/?teil=x' })
  expect(read('/?schritt=s1&zu=%2Fadmin%2Fbetrieb')).toMatchObject({ arrival: { step: 's1', to: '/admin/betrieb' }, left: '/' })
  expect(read('/energie?zaehler=1#oben').left).toBeNull()
})

it('goes nowhere else', () => {
  for (const to of ['//fremd.example', 'https://fremd.example', '/\\fremd', 'javascript:1']) expect(read(`/?schritt=s&zu=${encodeURIComponent(to)}`).arrival.to).toBe('/')
})
