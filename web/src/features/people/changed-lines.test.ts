import { expect, it } from 'vitest'
import { changedLines } from './changed-lines'

const many = (word: string): string => Array.from({ length: 1500 }, (_, at) => `${word} ${at}`).join('\n')

it('keeps what differs, in order, with where it stands', () => {
  expect(changedLines('a\nb\nc\nd', 'a\nx\nc\nd\ne')).toEqual([
    { sign: '-', line: 2, text: 'b' },
    { sign: '+', line: 2, text: 'x' },
    { sign: '+', line: 5, text: 'e' },
  ])
  expect(changedLines('gleich\n', 'gleich\n')).toEqual([])
  expect(changedLines('', 'neu')).toEqual([{ sign: '-', line: 1, text: '' }, { sign: '+', line: 1, text: 'neu' }])
})

it('tells whole texts of many lines apart without comparing each pair', () => {
  expect(changedLines(many('alt'), many('neu'))).toHaveLength(3000)
})
