import { expect, it } from 'vitest'
import { readArrival, takeTold } from './arrival'

const read = (address: string) => readArrival(new URL(address, 'http://nova.example'))

it('takes secrets out of the address', () => {
  expect(read('/einladung#abc-DEF_1')).toEqual({ arrival: { secret: 'abc-DEF_1', step: '', to: '/' }, left: '/einladung' })
  expect(read('/#schritt=s1&zu=%2Fadmin%2Fbetrieb')).toMatchObject({ arrival: { step: 's1', to: '/admin/betrieb' }, left: '/' })
  expect(read('/energie?zaehler=1#oben').left).toBeNull()
})

it('goes nowhere else', () => {
  for (const to of ['//fremd.example', 'https://fremd.example', '/\\fremd', 'javascript:1']) expect(read(`/#schritt=s&zu=${encodeURIComponent(to)}`).arrival.to).toBe('/')
})

it('tells once what Nova wrote, and nothing that stands in an address', () => {
  document.cookie = `nova_told=${encodeURIComponent('Ihr Konto ist geschlossen.')}; Path=/`
  expect(takeTold()).toBe('Ihr Konto ist geschlossen.')
  expect(takeTold()).toBe('')
  document.cookie = 'nova_told=%E0%A4%A; Path=/'
  expect(takeTold()).toBe('')
})
