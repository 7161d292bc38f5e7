import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { renderRouted } from '../../../tools/mock/routed'
import { Usage } from './usage'

describe('what people keep', () => {
  it('is told of each person, and what is nearly full stands out', async () => {
    renderRouted(<Usage />)
    expect((await screen.findByText('anna')).textContent).toContain('Kundschaft')
    const full = screen.getByRole('meter', { name: 'Platz von anna: 98 % belegt' })
    expect(full.getAttribute('aria-valuenow')).toBe('98')
    expect(screen.getByText('980 MB von 1.000 MB', { exact: false }).className).toContain('text-warn')
  })
})
