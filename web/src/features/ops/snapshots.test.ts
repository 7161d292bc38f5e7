import { expect, test } from 'vitest'
import { proofWord, rhythm } from './snapshots'

test('the rhythm says what happens by itself', () => {
  expect(rhythm({ every_hours: 24, keep: 7, recipient: '' })).toBe('Nova legt täglich eine Sicherung an und behält die letzten 7.')
  expect(rhythm({ every_hours: 6, keep: 3, recipient: 'age1x' })).toBe('Nova legt alle 6 Stunden eine Sicherung an und behält die letzten 3. Sie werden verschlüsselt.')
  expect(rhythm({ every_hours: 0, keep: 7, recipient: '' })).toBe('Nova legt von selbst keine Sicherungen an.')
})

test('only a restore that was tried counts as proof', () => {
  const proof = { at: '2026-11-21T12:00:00Z', snapshot_id: 'x', ok: true, what: 'file' as const, seconds: 3, questions: 5, problems: [] }
  expect(proofWord({ proof: null }).label).toBe('ungeprüft')
  expect(proofWord({ proof }).shade).toBe('ok')
  expect(proofWord({ proof: { ...proof, ok: false } }).shade).toBe('bad')
})
