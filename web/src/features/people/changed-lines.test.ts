import { expect, it } from 'vitest'
import { changedLines } from './changed-lines'

const many = (word: string): string => Array.from({ length: 1500 }, (_, at) => `${word} ${at}`).join('\n')

const marked = (before: string, after: string): string[] => changedLines(before, after).map(({ sign, line, text }) => `${sign}${line} ${text}`)

it('keeps what differs, in order, with where it stands and what is around it', () => {
  expect(marked('a\nb\nc\nd', 'a\nx\nc\nd\ne')).toEqual([' 1 a', '-2 b', '+2 x', ' 3 c', ' 4 d', '+5 e'])
  expect(marked('1\n2\n3\n4\n5\n6\n7\n8\n9', '1\n2\n3\n4\n5\nneu\n7\n8\n9')).toEqual([' 3 3', ' 4 4', ' 5 5', '-6 6', '+6 neu', ' 7 7'])
  expect(marked('gleich\n', 'gleich\n')).toEqual([])
  expect(marked('', 'neu')).toEqual(['-1 ', '+1 neu'])
})

it('tells whole texts of many lines apart without comparing each pair', () => {
  expect(changedLines(many('alt'), many('neu'))).toHaveLength(3000)
})
