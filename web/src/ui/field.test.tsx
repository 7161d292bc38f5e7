import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { SearchField } from './field'

const box = () => screen.getByRole('searchbox') as HTMLInputElement

describe('a search field', () => {
  it('keeps what is typed while the address still learns of what was typed before', async () => {
    const told = vi.fn()
    const { rerender } = render(<SearchField label="Suche" value="" onChange={told} />)
    await userEvent.type(box(), 'Netz')
    await waitFor(() => expect(told).toHaveBeenCalledWith('Netz'))
    await userEvent.type(box(), 'e')
    rerender(<SearchField label="Suche" value="Netz" onChange={told} />)
    expect(box().value).toBe('Netze')
    await waitFor(() => expect(told).toHaveBeenLastCalledWith('Netze'))
  })

  it('follows the address when that is changed elsewhere, without telling it again', async () => {
    const told = vi.fn()
    function Shown() {
      const [value, setValue] = useState('Netz')
      return (
        <>
          <SearchField label="Suche" value={value} onChange={told} />
          <button type="button" onClick={() => setValue('')}>
            Alle zeigen
          </button>
        </>
      )
    }
    render(<Shown />)
    await userEvent.click(screen.getByRole('button', { name: 'Alle zeigen' }))
    expect(box().value).toBe('')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(told).not.toHaveBeenCalled()
  })
})
