import { expect, it } from 'vitest'
import { strengthOf } from './strength'

const level = (password: string, known: string[] = []): number => strengthOf(password, known).level

it('counts what a guesser would have to find out', () => {
  expect(strengthOf('Kanal').text).toBe('Noch 7 Zeichen.')
  expect([level(''), level('kurz'), level('Kanal Birne Wolke 7 Nagel')]).toEqual([0, 1, 4])
  expect([level('Passwort1234!'), level('aaaaaaaaaaaaaaaa'), level('Stadtwerke2026!'), level('123456789012')]).toEqual([2, 2, 2, 2])
  expect(level('Anna Schneider 55', ['Anna Schneider', 'anna.schneider'])).toBe(2)
})
