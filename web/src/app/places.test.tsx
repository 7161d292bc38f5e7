import { screen, waitFor, within } from '@testing-library/react'
import { http } from 'msw'
import { describe, expect, it } from 'vitest'
import { renderRouted } from '../../tools/mock/routed'
import { ok, server } from '../../tools/mock/vitest'
import type { Capability, Session, SystemInfo } from '@/api/types'
import { PageLink } from './page-link'
import { Palette } from './palette'
import { SessionContext } from './session-context'
import { StartTiles } from './tiles'
import { noteVisit } from './visits'

const MAY: Capability[] = ['use']
const SESSION = { role: 'customer', title: 'Kundschaft', user: 'anna', may: MAY, csrf: 'x' } as Session

function show(children: React.ReactNode) {
  return renderRouted(<SessionContext value={{ session: SESSION, info: {} as SystemInfo }}>{children}</SessionContext>, MAY)
}

const told = (what: object) => server.use(http.post('*/api/v1/navigation', () => ok({ tiles: [], next: [], page: null, ...what })))

describe('what engines tell of pages', () => {
  it('shows the tiles of a role, and of those only pages that may be opened', async () => {
    told({ tiles: ['/', '/markt', '/admin/kpis', '/gibt-es-nicht'] })
    show(<StartTiles />)
    const tiles = within(await screen.findByRole('navigation', { name: 'Oft gebraucht' })).getAllByRole('link')
    expect(tiles.map(({ textContent }) => textContent?.trim())).toEqual(['Markt'])
  })

  it('shows nothing where no engine tells', async () => {
    let asked = 0
    server.use(http.post('*/api/v1/navigation', () => { asked += 1; return ok({ tiles: [], next: [], page: null }) }))
    show(<><StartTiles /><PageLink question="Was ist steuerbar?" /></>)
    await waitFor(() => expect(asked).toBe(2))
    expect(screen.queryByRole('link')).toBeNull()
    expect(screen.queryByRole('navigation')).toBeNull()
  })

  it('leads from an answer to the page that the question is about', async () => {
    told({ page: { route: '/markt', chance: 0.9 } })
    show(<PageLink question="Was kostet Strom morgen?" />)
    expect((await screen.findByRole('link', { name: 'Dazu passt die Seite „Markt“' })).getAttribute('href')).toBe('/markt')
  })

  it('puts what likely comes next first in the palette', async () => {
    noteVisit('/energie', null)
    told({ next: ['/empfehlungen'] })
    show(<Palette open onClose={() => undefined} session={SESSION} onAsk={() => undefined} />)
    expect(await screen.findByText('Als Nächstes')).toBeTruthy()
    const options = screen.getAllByRole('option').map(({ textContent }) => textContent?.trim())
    expect(options[0]).toBe('Empfehlungen')
    expect(options.filter((one) => one === 'Empfehlungen')).toHaveLength(1)
  })
})
