import { http, HttpResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { server } from '../../tools/mock/vitest'
import { noteVisit, visits } from './visits'

describe('the pages that were opened', () => {
  it('are kept here once each, and told to Nova only of who agreed', async () => {
    const told: unknown[] = []
    server.use(
      http.post('*/api/v1/events', async ({ request }) => {
        told.push(await request.json())
        return HttpResponse.json({ status: 'ok', data: { saved: true }, trace_id: 'x' })
      }),
    )
    const before = visits().length
    noteVisit('/', null)
    noteVisit('/energie', 'anna')
    noteVisit('/energie/mehr', 'anna')
    noteVisit('/gibt-es-nicht', 'anna')
    expect(visits().slice(before).map(({ route }) => route)).toEqual(['/', '/energie'])
    await expect.poll(() => told).toHaveLength(1)
    expect(told[0]).toMatchObject({ user_id: 'anna', type: 'view', meta: { route: '/energie', session: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) } })
  })
})
