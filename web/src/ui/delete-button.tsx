import { Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button } from './button'
import { Confirm } from './dialog'

interface DeleteProps {
  name: string
  onConfirm: () => Promise<unknown>
  /** What goes with it. */
  children: ReactNode
}

/** Asks before it deletes what has this name. */
export function DeleteButton({ name, onConfirm, children }: DeleteProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button size="sm" look="danger" onClick={() => setAsking(true)}>
        <Trash2 aria-hidden /> Löschen
      </Button>
      <Confirm open={asking} onClose={() => setAsking(false)} title={`„${name}“ löschen?`} action="Endgültig löschen" danger onConfirm={onConfirm}>
        {children}
      </Confirm>
    </>
  )
}
