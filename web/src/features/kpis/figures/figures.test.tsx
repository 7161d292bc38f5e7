import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { renderRouted } from '../../../../tools/mock/routed'
import { ok, server } from '../../../../tools/mock/vitest'
import { Toasts } from '@/ui/toast'
import type { KpiData } from '@/api/types'
import { boundsText, changeOf, figureText, segmentName, sureText, valueText } from './figure-words'
import { FiguresTab } from './figures-tab'
import { readQualitySearch, type QualitySearch } from '../search'

const kpi = (more: Partial<KpiData>): KpiData => ({
  name: 'useful_share', title: 'Hilfreich', unit: '%', kind: 'share', better: 'up', digits: 2, meaning: '', formula: '',
  value: 0.62, n: 100, low: 0.5, high: 0.7, few: false, before: { value: 0.9, n: 100, low: 0.8, high: 0.95, few: false }, ...more,
})

describe('the words of a figure', () => {
  it('tells shares in per cent and nothing as a dash', () => {
    expect(figureText(kpi({}), 0.6234)).toBe('62,3')
    expect(figureText(kpi({ unit: 'ms', digits: 0 }), 1234.4)).toBe('1.234')
    expect(figureText(kpi({}), null)).toBe('–')
    expect(boundsText(kpi({}), kpi({}))).toBe('zwischen 50,0 und 70,0\u00a0%')
    expect([sureText(kpi({}), kpi({})), sureText(kpi({ kind: 'count' }), kpi({}))]).toEqual([' (zwischen 50,0 und 70,0\u00a0%, n\u00a0=\u00a0100)', ''])
    expect(boundsText(kpi({ kind: 'mean' }), { low: -0.02, high: 1.03 })).toBe('zwischen 0,0 und 100,0\u00a0%')
  })

  it('calls a change good or bad only where the bounds are apart', () => {
    expect(changeOf(kpi({}))).toEqual({ text: '-28,0 Punkte', shade: 'bad' })
    expect(changeOf(kpi({ better: 'down' }))?.shade).toBe('ok')
    expect(changeOf(kpi({ high: 0.85 }))?.shade).toBe('neutral')
    expect(changeOf(kpi({ value: null }))).toBeNull()
  })

  it('never leaves a number without its unit', () => {
    expect(changeOf(kpi({ name: 'cost_eur', kind: 'count', unit: 'EUR', value: 3.5, low: null, high: null, before: { value: 2, n: 10, low: null, high: null, few: false } }))).toEqual({ text: '+1,50 EUR', shade: 'neutral' })
    expect(valueText(kpi({ unit: 'ms', digits: 0 }), 180)).toBe('180\u00a0ms')
    expect(valueText(kpi({}), null)).toBe('–')
    const events = kpi({ name: 'events', kind: 'count', unit: 'Ereignisse', digits: 0, value: 1, before: { value: 0, n: 0, low: null, high: null, few: false } })
    expect([valueText(events, 1), valueText(events, 2), changeOf(events)?.text]).toEqual(['1\u00a0Ereignis', '2\u00a0Ereignisse', '+1 Ereignis'])
  })

  it('names a part', () => {
    expect(segmentName('kind:regulation')).toBe('Art: Regelwerk')
    expect(segmentName('source:sophia')).toBe('Quelle: Sophia')
    expect(segmentName('model:')).toBe('Modell: ohne')
  })

  it('drops nonsense from the address', () => {
    expect(readQualitySearch({ teil: 'tickets', tage: 30, kennzahl: 'Useful', ausschnitt: '<b>', ticket: 'x' })).toEqual({ teil: 'tickets', tage: 30 })
  })
})

function Shown() {
  const [search, setSearch] = useState<QualitySearch>({})
  return <FiguresTab search={search} onSearch={(next) => setSearch((old) => readQualitySearch({ ...old, ...next }))} />
}


const show = () =>
  renderRouted(
    <Toasts>
      <Shown />
    </Toasts>,
  )

describe('the figures', () => {
  it('stand with threshold and margin, what needs somebody first', async () => {
    show()
    const urgent = await screen.findByRole('region', { name: 'Braucht Aufmerksamkeit' })
    expect(screen.getAllByRole('heading', { level: 2 }).map((heading) => heading.textContent).filter((text) => text !== 'Erwartete Kontakte')).toEqual(['Braucht Aufmerksamkeit', 'Im Rahmen', 'Ohne Schwelle'])
    const card = within(urgent).getByRole('button', { name: /Ohne Antwort/ })
    expect(card.textContent).toContain('15,0\u00a0Punkte jenseits der Warnung, noch 5,0\u00a0Punkte bis kritisch')
    expect(card.textContent).toContain('Warnung über 25,0\u00a0%, kritisch über 45,0\u00a0%')
    expect(card.textContent).toContain('24\u00a0Stunden: 40,0\u00a0%')
    expect(within(screen.getByRole('region', { name: 'Im Rahmen' })).getByRole('button').textContent).toContain('Noch 1.820\u00a0ms bis zur Warnung')
    expect(screen.getByText(/1 von 2 Regeln schlägt an/)).toBeTruthy()
    await userEvent.click(card)
    const rules = await within(await screen.findByRole('dialog', { name: 'Ohne Antwort' })).findByRole('region', { name: 'Schwellen' })
    expect(rules.textContent).toContain('Ende bis 20,0\u00a0%, jeweils erst beim 3. Mal in Folge')
  })

  it('stand nearest to their threshold first', async () => {
    const shared = { segment: '', method: 'threshold', window: '7d', least: 1, direction: 'below', warn: 0.5, critical: 0.25, clear: 0.05, times: 1, text: '', threshold_text: '' }
    const rules = ['useful_share', 'refused_share'].map((name) => ({ ...shared, name, kpi: name, title: name, action: { ticket: 'auto', channels: [] } }))
    const alert = (name: string, value: number) => ({ rule: name, state: 'ok', explanation: { ...shared, kpi: name, title: name, value, low: null, high: null, n: 9 } })
    server.use(
      http.get('*/api/v1/admin/thresholds', () => ok({ text: '', version: '1', own: false, path: '', every: '15m', rules, missing: [], problem: null, history: [] })),
      http.get('*/api/v1/admin/alerts', () => ok({ alerts: [alert('useful_share', 0.9), alert('refused_share', 0.51)], counts: {}, channels: [], notices: [] })),
    )
    show()
    const cards = within(await screen.findByRole('region', { name: 'Im Rahmen' })).getAllByRole('button')
    expect(cards.map((card) => card.title)).toEqual(['Was Ohne Antwort heißt.', 'Was Hilfreich heißt.'])
  })

  it('say that no rule holds where the thresholds cannot be read', async () => {
    server.use(http.get('*/api/v1/admin/thresholds', () => ok({ text: 'x', version: '1', own: true, path: 'x', every: '15m', rules: [], missing: [], problem: 'Zeile 1', history: [] })))
    show()
    expect((await screen.findByRole('alert')).textContent).toContain('gilt keine Regel')
    expect(await screen.findByRole('region', { name: 'Ohne Schwelle' })).toBeTruthy()
    expect(screen.queryByRole('region', { name: 'Braucht Aufmerksamkeit' })).toBeNull()
  })

  it('have bounds and change, and open with their days, parts and trend', async () => {
    show()
    const card = await screen.findByRole('button', { name: /Hilfreich/ })
    expect(card.textContent).toContain('62,0 %')
    expect(card.textContent).toContain('-24,0 Punkte ggü. vorher')
    expect((await screen.findByRole('button', { name: /Stimmung/ })).textContent).toContain('zu wenig')
    await userEvent.click(card)
    const drawer = await screen.findByRole('dialog', { name: 'Hilfreich' })
    expect(await within(drawer).findByText('Gleitendes Mittel: fällt seit 14.11.2026')).toBeTruthy()
    await userEvent.click(within(drawer).getByRole('button', { name: /Art: Regelwerk/ }))
    expect(await within(drawer).findByRole('button', { name: /Art: Regelwerk/, pressed: true })).toBeTruthy()
  })
})
