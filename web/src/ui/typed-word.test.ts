import { expect, it } from 'vitest'
import { isTheWord } from './typed-word'

it('knows the word in any case, composed or not, and without an umlaut', () => {
  expect(['LÖSCHEN', ' löschen ', 'lo\u0308schen', 'loeschen'].map(isTheWord)).toEqual([true, true, true, true])
  expect(['', 'LÖSCHE', 'loschen', 'LÖSCHEN!'].map(isTheWord)).toEqual([false, false, false, false])
})
