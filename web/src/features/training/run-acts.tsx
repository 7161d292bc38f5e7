import { Ban, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import type { TrainRun } from '@/api/types'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { toast } from '@/ui/toast'
import { act, useRenew, type Act } from './api'
import { isOpen } from './words'

const ACTS: Record<Act, { label: string; title: string; action: string; says: string; done: string }> = {
  pause: { label: 'Anhalten', title: 'Lauf anhalten?', action: 'Anhalten', says: 'Der Lauf hält nach dem laufenden Schritt an und merkt sich, wie weit er ist. Sie können ihn später fortsetzen.', done: 'Der Lauf hält an' },
  resume: { label: 'Fortsetzen', title: 'Lauf fortsetzen?', action: 'Fortsetzen', says: 'Der Lauf geht dort weiter, wo er angehalten hat.', done: 'Der Lauf geht weiter' },
  cancel: { label: 'Abbrechen', title: 'Lauf abbrechen?', action: 'Lauf abbrechen', says: 'Der Lauf endet nach dem laufenden Schritt. Was er bis dahin gelernt hat, wird nicht behalten.', done: 'Der Lauf wird abgebrochen' },
}

/** What can be done with a run that has not ended; each is asked for first. */
export function RunActs({ run }: { run: TrainRun }) {
  const [asked, setAsked] = useState<Act>('pause')
  const [open, setOpen] = useState(false)
  const renew = useRenew()
  if (!isOpen(run) || run.wanted === 'cancel') return null
  const words = ACTS[asked]
  const ask = (what: Act): void => {
    setAsked(what)
    setOpen(true)
  }
  const step: Act = run.wanted === 'pause' ? 'resume' : 'pause'
  return (
    <>
      <Button onClick={() => ask(step)}>
        {step === 'pause' ? <Pause aria-hidden /> : <Play aria-hidden />} {ACTS[step].label}
      </Button>
      <Button look="danger" onClick={() => ask('cancel')}>
        <Ban aria-hidden /> {ACTS.cancel.label}
      </Button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        title={words.title}
        action={words.action}
        danger={asked === 'cancel'}
        onConfirm={async () => {
          await act(asked, run.name)
          await renew('runs', 'run')
          toast(ACTS[asked].done)
        }}
      >
        {words.says}
      </Confirm>
    </>
  )
}
