import { expect, it } from 'vitest'
import { readAskSearch } from './ask-search'

it('reads filters, day and question from the address', () => {
  expect(readAskSearch({ tag: 'Netz', art: 'note', stand: '2025-01-31', frage: 'Was?' })).toEqual({ tag: 'Netz', art: 'note', stand: '2025-01-31', frage: 'Was?' })
  expect(readAskSearch({ art: 'buch', stand: 'gestern', tag: '' })).toEqual({})
})
