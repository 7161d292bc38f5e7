import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { ok, server } from '../../../tools/mock/vitest'
import { Toasts } from '@/ui/toast'
import { Vocabulary } from './vocabulary'

const words = (text: string, version: string) => ({ entries: 1, path: 'config/wortschatz.yaml', text, version })

describe('the vocabulary', () => {
  it('is saved against the version that was edited, and keeps what was typed when somebody else was quicker', async () => {
    let held = words('version: 1\n', '0'.repeat(12))
    server.use(
      http.get('*/api/v1/admin/vocabulary', () => ok(held)),
      http.put('*/api/v1/admin/vocabulary', async ({ request }) => {
        const asked = (await request.json()) as { text: string; version: string }
        if (asked.version !== held.version) return HttpResponse.json({ status: 'error', message: 'Der Wortschatz wurde inzwischen geändert.', data: { code: 'conflict', version: held.version }, trace_id: 't' }, { status: 409 })
        held = words(asked.text, '2'.repeat(12))
        return ok(held)
      }),
    )
    renderRouted(
      <Toasts>
        <Vocabulary />
      </Toasts>,
    )
    const box = await screen.findByLabelText<HTMLTextAreaElement>('Wortschatz (YAML)')
    await userEvent.type(box, '# meins')
    held = words('version: 1\n# Anna\n', '1'.repeat(12))
    await userEvent.click(screen.getByRole('button', { name: 'Speichern' }))
    expect((await screen.findByRole('alert')).textContent).toContain('inzwischen geändert')
    expect(await screen.findByText(/Ihre Änderung steht noch hier/)).toBeTruthy()
    expect(box.value).toContain('# meins')
    await userEvent.click(screen.getByRole('button', { name: 'Verwerfen' }))
    expect(box.value).toBe('version: 1\n# Anna\n')
    await userEvent.type(box, '# meins')
    await userEvent.click(screen.getByRole('button', { name: 'Speichern' }))
    await waitFor(() => expect(held.text).toBe('version: 1\n# Anna\n# meins'))
  })
})
