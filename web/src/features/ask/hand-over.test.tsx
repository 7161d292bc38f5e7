import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { answer } from '../../../tools/mock/data.mjs'
import { resetPeople } from '../../../tools/mock/people.mjs'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import type { Answer, Capability } from '@/api/types'
import { today } from '@/lib/format'
import { TurnView } from './answer-card'
import { finish, newTurn } from './turns'

beforeEach(() => resetPeople())

const TALK = '00000000-0000-7000-8000-000000000077'
const turn = finish(newTurn('1', 'Was ist steuerbar?', {}), { ...(answer as unknown as Answer), conversation_id: TALK }, null)
const nothing = (): void => undefined

const show = (may: Capability[], person: string | null = 'anna', answers = 1) => renderRouted(<TurnView turn={turn} person={person} answers={answers} onOpen={nothing} onAsk={nothing} onChange={nothing} onStop={nothing} />, may)

/** As if somebody had agreed that their questions are kept. */
function kept(): void {
  server.use(http.get('*/api/v1/me/consent', () => ok({ purposes: [{ purpose: 'service', title: '', meaning: '', given: true, at: null, version: 'v1' }], text: { version: 'v1', sha256: '', text: '' }, history: [] })))
}

function sent() {
  const told = vi.fn<(body: unknown) => void>()
  server.use(http.post('*/api/v1/handovers', async ({ request }) => (told(await request.json()), ok({ handover_id: TALK }))))
  return told
}

async function opened(): Promise<HTMLElement> {
  await userEvent.click(await screen.findByRole('button', { name: 'Übergeben' }))
  return screen.findByRole('dialog', { name: 'An einen Menschen übergeben' })
}

const agree = (dialog: HTMLElement) => userEvent.click(within(dialog).getByRole('checkbox', { name: 'Diese Frage, die Antwort und die Quellen dürfen gelesen werden.' }))

describe('handing an answer over', () => {
  it('goes to the service, once a customer has agreed, and says where it is to be found', async () => {
    kept()
    const told = sent()
    show(['use'])
    const dialog = await opened()
    await within(dialog).findByLabelText('Notiz (freiwillig)')
    expect(within(dialog).queryByRole('radio', { name: 'Bestimmte Person' })).toBeNull()
    expect(within(dialog).queryByRole('radio', { name: 'Nur diese Antwort' })).toBeNull()
    const send = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Übergeben' })
    expect(send.disabled).toBe(true)
    await agree(dialog)
    await userEvent.click(send)
    await waitFor(() => expect(told).toHaveBeenCalledWith({ answer_id: turn.answer?.answer_id, kind: 'question', note: '', agreed: true }))
    expect((await screen.findByRole('status')).textContent).toContain('Übergeben an den Kundenservice')
    expect(screen.getByRole('link', { name: 'Übergaben' }).getAttribute('href')).toContain('/uebergaben')
  })

  it('goes to a colleague by name, and says at the name that nobody is called so', async () => {
    kept()
    show(['use', 'company'], 'alma')
    const dialog = await opened()
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Bestimmte Person' }))
    await userEvent.type(within(dialog).getByLabelText('Name zum Anmelden'), 'niemand')
    await agree(dialog)
    await userEvent.click(within(dialog).getByRole('button', { name: 'Übergeben' }))
    expect(await within(dialog).findByText('Diese Person übernimmt hier keine Gespräche.')).toBeTruthy()
    expect(within(dialog).getByLabelText('Name zum Anmelden').getAttribute('aria-invalid')).toBe('true')
  })

  it('takes a whole conversation, and the day on which a complaint came in', async () => {
    kept()
    const told = sent()
    show(['use'], 'anna', 3)
    const dialog = await opened()
    await userEvent.click(await within(dialog).findByRole('radio', { name: 'Ganzes Gespräch (3 Fragen)' }))
    await userEvent.click(within(dialog).getByRole('radio', { name: 'Beschwerde' }))
    expect(within(dialog).getByLabelText<HTMLInputElement>('Eingegangen am').value).toBe(today())
    expect(dialog.textContent).toContain('§ 111a EnWG')
    await userEvent.click(within(dialog).getByRole('checkbox', { name: /^Diese Fragen, die Antworten/ }))
    await userEvent.click(within(dialog).getByRole('button', { name: 'Übergeben' }))
    await waitFor(() => expect(told).toHaveBeenCalledWith({ conversation_id: TALK, kind: 'complaint', received_on: today(), note: '', agreed: true }))
  })

  it('wants words where nothing of the question is kept, and shows what the API says', async () => {
    server.use(http.post('*/api/v1/handovers', () => HttpResponse.json({ status: 'error', message: 'Das geht gerade nicht.', data: { code: 'conflict' }, trace_id: 't' }, { status: 409 })))
    show(['use'], 'anna', 3)
    const dialog = await opened()
    const words = await within(dialog).findByLabelText('Ihr Anliegen')
    expect(within(dialog).queryByRole('radio', { name: /^Ganzes/ })).toBeNull()
    await agree(dialog)
    const send = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Übergeben' })
    expect(send.disabled).toBe(true)
    await userEvent.type(words, 'Bitte melden Sie sich.')
    await userEvent.click(send)
    expect((await within(dialog).findByRole('alert')).textContent).toContain('Das geht gerade nicht.')
  })

  it('is not for the operator’s key, which is nobody', async () => {
    show(['use', 'company', 'serve'], null)
    await screen.findByText('War das hilfreich?')
    expect(screen.queryByRole('button', { name: 'Übergeben' })).toBeNull()
  })
})
