import { describe, expect, it } from 'vitest'
import { actorName, actorToken } from './words'

describe('who did something', () => {
  it('is told by role and the beginning of the id, and what Nova does itself by a name', () => {
    expect(actorName('reviewer:04b312e8-3e7c-456c-80a3-7cc20f7331e6')).toBe('Redaktion 04b312e8')
    expect(['admin', 'clock', '', 'nova', 'chronos'].map(actorName)).toEqual(['Verwaltung', 'Nova', 'Nova', 'Nova', 'Chronos'])
  })

  it('is found by what the page calls them, and by their token', () => {
    expect(['Verwaltung', 'Redaktion', 'Redaktion 04B312', 'Person 11'].map(actorToken)).toEqual(['admin', 'reviewer:', 'reviewer:04b312', 'user:11'])
    expect(['admin', 'reviewer:04b312e8', 'Müller', 'adm'].map(actorToken)).toEqual(['admin', 'reviewer:04b312e8', 'Müller', 'adm'])
  })
})
