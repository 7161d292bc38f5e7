import { describe, expect, it } from 'vitest'
import { isFiltered, nextSort, readCorpusSearch } from './search'

describe('readCorpusSearch', () => {
  it('keeps what it knows and drops the rest', () => {
    expect(readCorpusSearch({ suche: 'EnWG', art: 'regulation', status: 'failed', sort: 'title', order: 'asc', seite: '3', fremd: 1 })).toEqual({
      suche: 'EnWG',
      art: 'regulation',
      status: 'failed',
      sort: 'title',
      order: 'asc',
      seite: 3,
    })
    expect(readCorpusSearch({ art: 'x', status: 7, sort: '; DROP', order: 'up', seite: -2, suche: '  ' })).toEqual({})
  })

  it('takes a number typed as a search for text', () => expect(readCorpusSearch({ suche: 14 })).toEqual({ suche: '14' }))

  it('knows whether anything is filtered', () => {
    expect(isFiltered({ seite: 2, sort: 'title' })).toBe(false)
    expect(isFiltered({ tag: 'Netz' })).toBe(true)
  })
})

describe('nextSort', () => {
  it('turns round on the second press', () => {
    expect(nextSort({}, 'title')).toEqual({ sort: 'title', order: 'asc' })
    expect(nextSort({ sort: 'title', order: 'asc' }, 'title')).toEqual({ sort: 'title', order: 'desc' })
    expect(nextSort({}, 'created_at')).toEqual({ sort: 'created_at', order: 'asc' })
    expect(nextSort({}, 'chunks')).toEqual({ sort: 'chunks', order: 'desc' })
  })
})
