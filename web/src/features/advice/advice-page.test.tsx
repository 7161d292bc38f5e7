import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http } from 'msw'
import { describe, expect, it, vi } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server, withoutStream } from '../../../tools/mock/vitest'
import { Toasts } from '@/ui/toast'
import { AdvicePage } from './advice-page'
import type { AdviceSearch } from './search'

withoutStream()

const show = (search: AdviceSearch = {}, mayFeed = true) => {
  const onSearch = vi.fn()
  renderRouted(
    <Toasts>
      <AdvicePage search={search} onSearch={onSearch} mayFeed={mayFeed} />
    </Toasts>,
  )
  return onSearch
}

describe('the page Empfehlungen', () => {
  it('shows the best three with amounts, and the others on demand', async () => {
    show()
    expect(await screen.findByText('Die 3 besten von 4 offenen')).toBeTruthy()
    expect(screen.getAllByRole('article')).toHaveLength(3)
    expect(screen.getByRole('article', { name: 'Mehr vom eigenen Solarstrom nutzen' }).textContent).toContain('30,13 EUR in vier Wochengemessen waren es im Schnitt 21,40 EUR')
    await userEvent.click(screen.getByRole('button', { name: '1 weitere zeigen' }))
    const theirs = await screen.findByRole('article', { name: 'Seltene Lastspitze vermeiden' })
    expect(within(theirs).queryByRole('button', { name: 'Übernehmen' })).toBeNull()
  })

  it('says why: facts, formula, rule, and ways to chart and source', async () => {
    show({ empfehlung: '01a200fe-0000-7000-8000-000000000002' })
    const card = await screen.findByRole('article', { name: 'Verbrauch in günstige Stunden legen' })
    expect(within(card).getByRole('row', { name: /Grundlast 0,40.kW .* 2\.688/ })).toBeTruthy()
    expect(card.textContent).toContain('guenstige_stunden')
    expect(within(card).getByRole('link', { name: '§ 41a EnWG nachlesen' }).getAttribute('href')).toContain('/fragen?frage=Was')
    expect(within(card).getByRole('link', { name: 'Lastgang dieser Zeit' }).getAttribute('href')).toContain('/energie?zaehler=DE0000000000000000001')
  })

  it('asks for a reason, and takes a decision back', async () => {
    show()
    const card = await screen.findByRole('article', { name: 'Der Zähler meldet nicht' })
    await userEvent.click(within(card).getByRole('button', { name: 'Passt nicht' }))
    await userEvent.click(within(card).getByRole('button', { name: 'Zahlen stimmen nicht' }))
    await waitFor(() => expect(screen.queryByRole('article', { name: 'Der Zähler meldet nicht' })).toBeNull())
    await userEvent.click(await screen.findByRole('button', { name: 'Rückgängig' }))
    expect(await screen.findByRole('article', { name: 'Der Zähler meldet nicht' })).toBeTruthy()
  })

  it('lists what was decided by the filter of the address', async () => {
    const onSearch = show({ verlauf: 'passt_nicht' })
    expect(await screen.findByText(/Zu wenig Nutzen/)).toBeTruthy()
    await userEvent.selectOptions(screen.getByLabelText('Verlauf eingrenzen'), 'uebernommen')
    expect(onSearch).toHaveBeenCalledWith({ verlauf: 'uebernommen' })
  })

  it('lets the operator fill what a meter lacks, and only what was changed goes out', async () => {
    const changed = vi.fn()
    server.use(http.patch('*/api/v1/data/meters/:id', async ({ request }) => {
      changed(await request.json())
      return ok({})
    }))
    show()
    await userEvent.click((await screen.findAllByRole('button', { name: /^Angaben eintragen/ }))[0] as HTMLElement)
    const dialog = await screen.findByRole('dialog')
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Festpreis' }))
    await userEvent.click(within(dialog).getByRole('button', { name: 'Speichern' }))
    expect(within(dialog).getByText('Der Festpreis fehlt.')).toBeTruthy()
    await userEvent.type(within(dialog).getByLabelText('Festpreis (ct/kWh)'), '32,5')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Speichern' }))
    await waitFor(() => expect(changed).toHaveBeenCalledWith({ tariff: { fixed_ct_kwh: 32.5 } }))
  })

  it('names what is missing where nothing is open, and lets no customer edit', async () => {
    server.use(http.get('*/api/v1/recommendations', () => ok({ recommendations: [], total: 0 })))
    show({}, false)
    expect(await screen.findByText('Zurzeit ist nichts offen')).toBeTruthy()
    expect(screen.getByText(/Ohne sie lassen sich keine Beträge rechnen. Eintragen kann sie, wer Nova verwaltet./)).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Angaben eintragen/ })).toBeNull()
  })

  it('leads to meters where there are none', async () => {
    server.use(http.get('*/api/v1/data/meters', () => ok({ meters: [], total: 0 })))
    show()
    expect((await screen.findByRole('link', { name: 'Zähler anschließen' })).getAttribute('href')).toBe('/admin/daten')
  })

  it('shows a day with and without its schedule', async () => {
    const battery = { capacity_kwh: 10, charge_kw: 5, discharge_kw: 5 }
    const meter = { meter_id: 'b-1', title: 'Bäckerei', kind: 'business', seconds: 900, simulated: false, mine: false, keep_days: null, facts: { plant: { battery } }, last: null, missing_s: null }
    server.use(http.get('*/api/v1/data/meters', () => ok({ meters: [meter], total: 1 })))
    show()
    expect(await screen.findByText('Dem Ofen fehlen 1,0 kWh: Das Fenster ist zu kurz.')).toBeTruthy()
    expect(screen.getByText('Ersparnis').parentElement?.textContent).toContain('3,02 EUR')
    expect(screen.getByText(/Der Fahrplan hebt die Spitze um 5 kW/)).toBeTruthy()
  })
})
