import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { resetPeople } from '../../tools/mock/people.mjs'
import { renderRouted } from '../../tools/mock/routed'
import { Toasts } from '@/ui/toast'
import { ConsentCard } from './consent-card'

beforeEach(() => resetPeople())

const show = (person: string | null = 'anna') =>
  renderRouted(
    <Toasts>
      <ConsentCard person={person} />
    </Toasts>,
  )

describe('the question for consent', () => {
  it('has nothing ticked beforehand, and goes once it is answered', async () => {
    show()
    const boxes = await screen.findAllByRole('checkbox')
    expect(boxes.map((box) => (box as HTMLInputElement).checked)).toEqual([false, false, false])
    await userEvent.click(screen.getByRole('button', { name: 'Nein, danke' }))
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Einwilligung' })).toBeNull())
  })

  it('ticks keeping with what needs it, and takes both back together', async () => {
    show()
    const [service, , training] = (await screen.findAllByRole('checkbox')) as HTMLInputElement[]
    await userEvent.click(training!)
    expect(service?.checked).toBe(true)
    await userEvent.click(service!)
    expect(training?.checked).toBe(false)
  })

  it('is only the question where there is little room, until it is opened', async () => {
    renderRouted(<ConsentCard person="anna" small />)
    expect(await screen.findByRole('heading', { name: 'Darf ich mir merken, was Sie fragen?' })).toBeTruthy()
    expect(screen.queryByRole('checkbox')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Entscheiden' }))
    expect(await screen.findAllByRole('checkbox')).toHaveLength(3)
  })

  it('shows the very text, and waits when asked to', async () => {
    show()
    await userEvent.click(await screen.findByRole('button', { name: 'Wortlaut lesen' }))
    expect((await screen.findByRole('dialog', { name: 'Wortlaut der Einwilligung' })).textContent).toContain('Sie entscheiden für jeden Zweck einzeln.')
    await userEvent.keyboard('{Escape}')
    await userEvent.click(await screen.findByRole('button', { name: 'Später entscheiden' }))
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Einwilligung' })).toBeNull())
    expect(JSON.stringify({ ...window.localStorage })).not.toContain('anna')
  })

  it('does not ask the operator', () => {
    show(null)
    expect(screen.queryByRole('region', { name: 'Einwilligung' })).toBeNull()
  })
})
