import { useRef, useState } from 'react'
import type { Pipeline } from '@/api/types'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, Input } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { startRun, useRenew } from './api'

/** Asks why a pipeline shall run, and starts it. */
export function RunDialog({ pipeline, onClose }: { pipeline: Pipeline | null; onClose: () => void }) {
  const first = useRef<HTMLInputElement>(null)
  return (
    <Dialog open={pipeline !== null} onClose={onClose} title="Pipeline laufen lassen" description={pipeline?.title} focus={first}>
      {pipeline ? <Reason name={pipeline.name} first={first} onClose={onClose} /> : null}
    </Dialog>
  )
}

function Reason({ name, first, onClose }: { name: string; first: React.RefObject<HTMLInputElement | null>; onClose: () => void }) {
  const renew = useRenew('seeding')
  const [reason, setReason] = useState('')
  const { busy, fault, send } = useSending()
  const run = async (): Promise<void> => {
    await startRun(name, reason.trim())
    await renew()
    toast('Der Lauf beginnt', 'ok', 'Wie weit er ist, steht bei der Pipeline.')
    onClose()
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void send(run)
      }}
    >
      <Field label="Anlass" hint="Freiwillig; steht im Protokoll und beim Lauf.">
        {(ids) => <Input {...ids} ref={first} autoComplete="off" maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button type="submit" look="primary" busy={busy}>
          Laufen lassen
        </Button>
      </div>
    </form>
  )
}
