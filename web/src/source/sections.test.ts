import { describe, expect, it } from 'vitest'
import type { SourceSection } from '@/api/types'
import { windowAround } from './api'
import { neighbours, sectionAt, sectionName, visible } from './sections'

const section = (label: string, start: number, end: number): SourceSection => ({ label, title: '', path: ['Gesetz', label], start, end })
const all = [section('Teil 1', 0, 100), section('§ 1', 10, 50), section('§ 2', 50, 100), section('§ 3', 100, 160)]

describe('sections', () => {
  it('finds the innermost one', () => {
    expect(all[sectionAt(all, 60)]?.label).toBe('§ 2')
    expect(sectionAt(all, 500)).toBe(-1)
  })

  it('knows the one before and the one after', () => {
    const around = neighbours(all, 60)
    expect([around.before?.label, around.here?.label, around.after?.label]).toEqual(['§ 1', '§ 2', '§ 3'])
    expect(neighbours(all, 120).after).toBeNull()
  })

  it('always shows the passage, even one that leaves its section', () => {
    expect(visible(all[1] ?? null, { start: 0, end: 160 }, { start: 20, end: 30 })).toEqual({ start: 10, end: 50 })
    expect(visible(all[1] ?? null, { start: 0, end: 160 }, { start: 40, end: 60 })).toEqual({ start: 10, end: 60 })
    expect(visible(null, { start: 5, end: 90 }, { start: 20, end: 30 })).toEqual({ start: 5, end: 90 })
  })

  it('asks for no more than the server gives', () => {
    const span = windowAround({ start: 30_000, end: 60_000 })
    expect(span.end - span.start).toBeLessThanOrEqual(20_000)
    expect(windowAround({ start: 10, end: 20 }).start).toBe(0)
  })

  it('names a section by what it has', () => {
    expect(sectionName({ ...section('§ 14a', 0, 1), title: 'Steuerung' })).toBe('§ 14a Steuerung')
    expect(sectionName({ ...section('', 0, 1), path: ['Leitfaden', 'Einleitung'] })).toBe('Einleitung')
  })
})
