import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { EmergencyNotice } from './emergency-notice'

const emergency = { kind: 'shock', call: '112', hotline: '0351 468 1234', hotline_configured: true } as const

it('dials both numbers, says what to do, and leads back to the search when it was none', async () => {
  const search = vi.fn()
  render(<EmergencyNotice emergency={emergency} sentences={[{ text: 'Halten Sie Abstand.' }]} onSearch={search} />)
  expect(screen.getByRole('link', { name: '112 anrufen' }).getAttribute('href')).toBe('tel:112')
  expect(screen.getByRole('link', { name: 'Störungsdienst 0351 468 1234' }).getAttribute('href')).toBe('tel:03514681234')
  expect(screen.getByRole('alert').textContent).toContain('Halten Sie Abstand.')
  await userEvent.click(screen.getByRole('button', { name: 'In den Unterlagen suchen' }))
  expect(search).toHaveBeenCalledOnce()
})
