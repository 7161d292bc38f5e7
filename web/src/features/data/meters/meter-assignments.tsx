import { useQueryClient } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import type { MeterDetail } from '@/api/types'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { Fault, FaultLine, Skeleton } from '@/ui/states'
import { toast } from '@/ui/toast'
import { assignMeter, renew, useAssignments } from '../api'
import { faultsOf, givenOf, rowsOf, type AssignmentRow } from './assigning'

/** Whose a meter was, is and will be. */
export function MeterAssignments({ meter }: { meter: MeterDetail }) {
  const found = useAssignments(meter.meter_id)
  if (found.isPending) return <Skeleton className="h-40" />
  if (found.isError) return <Fault error={found.error} onRetry={() => void found.refetch()} />
  const rows = rowsOf(found.data.assignments)
  return <Form key={JSON.stringify(rows)} meterId={meter.meter_id} known={rows} />
}

const same = (a: AssignmentRow[], b: AssignmentRow[]): boolean => JSON.stringify(givenOf(a)) === JSON.stringify(givenOf(b))

function Form({ meterId, known }: { meterId: string; known: AssignmentRow[] }) {
  const queries = useQueryClient()
  const [rows, setRows] = useState(known)
  const { busy, fault, send } = useSending()
  const faults = faultsOf(rows)
  const change = (at: number, part: Partial<AssignmentRow>): void => setRows((old) => old.map((row, place) => (place === at ? { ...row, ...part } : row)))
  const save = async (): Promise<void> => {
    await assignMeter(meterId, givenOf(rows))
    toast(rows.length === 0 ? 'Der Zähler gehört dem Unternehmen.' : 'Zugeordnet.')
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(save).then(() => renew(queries))
  }
  return (
    <form onSubmit={submit} className="grid gap-4" aria-label="Zuordnung">
      <p className="text-sm text-muted">
        Ein Messwert gehört der Person, die den Zähler zu dieser Zeit hatte. In der übrigen Zeit gehört er dem Unternehmen: Ihn sehen nur, wer hier arbeitet, und die Verwaltung.
      </p>
      {rows.length === 0 ? <p className="rounded-control border border-line px-3 py-2.5 text-sm">Der Zähler ist niemandem zugeordnet.</p> : null}
      <ul className="grid gap-3" aria-label="Personen">
        {rows.map((row, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no other name, and are told by their place
          <li key={at} className="grid gap-2 rounded-control border border-line p-3">
            <div className="grid gap-3 sm:grid-cols-[1fr_auto_auto_auto] sm:items-start">
              <Field label="Person" error={faults.get(at) ?? null} hint="wie bei ihrem Zugang geschrieben">
                {(ids) => <Input {...ids} maxLength={200} value={row.customer} onChange={(event) => change(at, { customer: event.target.value })} />}
              </Field>
              <Field label="Von" hint="leer: von Anfang an">
                {(ids) => <Input {...ids} type="date" value={row.from} onChange={(event) => change(at, { from: event.target.value })} />}
              </Field>
              <Field label="Bis" hint="dieser Tag zählt nicht mehr">
                {(ids) => <Input {...ids} type="date" value={row.to} onChange={(event) => change(at, { to: event.target.value })} />}
              </Field>
              <Button size="sm" look="ghost" className="self-center justify-self-start" aria-label={`Zuordnung ${at + 1} entfernen`} onClick={() => setRows((old) => old.filter((_, place) => place !== at))}>
                <X aria-hidden />
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <FaultLine error={fault} />
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => setRows((old) => [...old, { customer: '', from: old.at(-1)?.to ?? '', to: '' }])}>
          <Plus aria-hidden /> Person hinzufügen
        </Button>
        <Button type="submit" look="primary" size="sm" busy={busy} disabled={faults.size > 0 || same(rows, known)}>
          Zuordnung speichern
        </Button>
      </div>
    </form>
  )
}
