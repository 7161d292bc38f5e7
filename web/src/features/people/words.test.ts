import { expect, it } from 'vitest'
import { linksCsv, waysText } from './words'

it('says by what somebody comes in', () => {
  expect(waysText({ password: true, factor: true, passkeys: 2, sso: false })).toBe('Passwort, zweiter Faktor, 2 Passkeys')
  expect(waysText({ password: false, factor: false, passkeys: 0, sso: false })).toBe('noch kein Weg hinein')
})

it('hands links over as a table that no spreadsheet runs', () => {
  const rows = [{ line: 2, user: '=cmd', done: 'invited', path: '/einladung#a' }, { line: 3, user: 'b,c', done: 'invited', path: '/einladung#b' }, { line: 4, user: 'd', done: 'same', path: null }] as const
  expect(linksCsv(rows, 'https://nova.example')).toBe('user,link\r\n\'=cmd,https://nova.example/einladung#a\r\n"b,c",https://nova.example/einladung#b\r\n')
})
