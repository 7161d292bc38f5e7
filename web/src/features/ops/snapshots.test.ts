import { expect, test } from 'vitest'
import { lastTrial, proofWord, restoreCommand, rhythm } from './snapshots'

test('the rhythm says what happens by itself', () => {
  expect(rhythm({ every_hours: 24, keep: 7, recipient: '' })).toBe('Nova legt täglich eine Sicherung an und behält die letzten 7.')
  expect(rhythm({ every_hours: 6, keep: 3, recipient: 'age1x' })).toBe('Nova legt alle 6 Stunden eine Sicherung an und behält die letzten 3. Sie werden verschlüsselt.')
  expect(rhythm({ every_hours: 0, keep: 7, recipient: '' })).toBe('Nova legt von selbst keine Sicherungen an.')
})

const proof = { at: '2026-11-21T12:00:00Z', snapshot_id: 'x', ok: true, what: 'file' as const, seconds: 3, questions: 5, problems: [] }
const like = { ...proof, what: 'like' as const }

test('only a restore that was tried counts as proof', () => {
  expect(proofWord({ proof: null }).label).toBe('ungeprüft')
  expect(proofWord({ proof })).toEqual({ label: 'geprüft', shade: 'ok' })
  expect(proofWord({ proof: { ...proof, ok: false } }).shade).toBe('bad')
})

test('a trial of one made in the same way is none of the file itself', () => {
  expect(proofWord({ proof: like })).toEqual({ label: 'gleich angelegte geprüft', shade: 'neutral' })
  expect(proofWord({ proof: { ...like, ok: false } }).shade).toBe('bad')
  expect(lastTrial(like)).toContain('gleich angelegte, unverschlüsselte')
})

test('the last trial is told, also when it failed or there was none', () => {
  expect(lastTrial(null)).toBe('Noch keine wurde zur Probe eingespielt.')
  expect(lastTrial(proof)).toMatch(/^Zuletzt zur Probe eingespielt: .*2026.*\.$/)
  expect(lastTrial({ ...proof, ok: false, problems: ['Tabelle items: 3 Zeilen fehlen.'] })).toContain('misslang: Tabelle items')
})

test('the command to restore names the whole path, and the key of an encrypted one', () => {
  expect(restoreCommand('/srv/nova/snapshots', { file: 'nova-1.tar', encrypted: false })).toBe("nova down && nova restore --replace '/srv/nova/snapshots/nova-1.tar'")
  expect(restoreCommand('/srv/nova/snapshots', { file: 'nova-1.tar.age', encrypted: true })).toContain(".tar.age' --identity SCHLÜSSELDATEI")
  expect(restoreCommand("/srv/Nova's $HOME", { file: 'n.tar', encrypted: false })).toContain(`'/srv/Nova'\\''s $HOME/n.tar'`)
})
