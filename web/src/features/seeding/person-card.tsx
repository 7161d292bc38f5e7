import { useState, type FormEvent } from 'react'
import type { SubjectRow } from '@/api/types'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, Input, Select } from '@/ui/field'
import { Section } from '@/ui/page'
import { FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { correctPerson, loadPerson, useRenew } from './api'
import { DataTable, shownValue } from './data-table'
import { shortVersion, stepName } from './words'

/** What datasets hold of a person, and a value of theirs corrected. Looking is noted, so nothing asks by itself. */
export function PersonCard() {
  const [name, setName] = useState('')
  const [found, setFound] = useState<{ name: string; rows: SubjectRow[] } | null>(null)
  const { busy, fault, send } = useSending()
  const look = async (): Promise<void> => {
    setFound(null)
    const { rows } = await loadPerson(name.trim())
    setFound({ name: name.trim(), rows })
  }
  const ask = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim()) void send(look)
  }
  return (
    <Section title="Eine Person in den Datensätzen">
      <div className="card grid gap-4 p-4">
        <form className="flex flex-wrap items-end gap-3" onSubmit={ask}>
          <Field label="Wie ihre Quelle sie nennt" className="min-w-0 flex-1 basis-64">
            {(ids) => <Input {...ids} autoComplete="off" maxLength={300} value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
          <Button type="submit" busy={busy} disabled={!name.trim()}>
            Nachsehen
          </Button>
          <p className="basis-full text-xs text-muted">Etwa die Kundennummer. Dass jemand nachsah, steht im Protokoll.</p>
        </form>
        <FaultLine error={fault} />
        {found ? <Rows key={found.name} name={found.name} rows={found.rows} onChanged={() => void send(look)} /> : null}
        <p className="text-xs text-muted">Widerspricht jemand dem Lernen, tragen Sie das unter „Einwilligungen“ ein (nova consent withdraw): Die Person verlässt dann jede Fassung. Eine Löschung entfernt sie überall.</p>
      </div>
    </Section>
  )
}

function Rows({ name, rows, onChanged }: { name: string; rows: SubjectRow[]; onChanged: () => void }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="grid min-w-0 gap-3">
      {rows.map((one, at) => (
        <div key={at} className="grid min-w-0 gap-1.5">
          <p className="text-sm font-medium [overflow-wrap:anywhere]">{one.dataset ? `${one.dataset}, Fassung ${shortVersion(one.version ?? '')}` : `Weggelassen (${stepName(one.step ?? '')})`}</p>
          <DataTable label={`Datensatz ${at + 1}`} heads={Object.keys(one.row)} rows={[Object.values(one.row).map(shownValue)]} />
        </div>
      ))}
      <Button size="sm" className="w-fit" onClick={() => setOpen(true)}>
        Angabe berichtigen
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Angabe berichtigen" description="In jeder Fassung und allem Weggelassenen dieser Person. Die Quelle berichtigt, wem sie gehört; sonst kommt die alte Angabe mit dem nächsten Lauf wieder.">
        {open ? (
          <Correct
            name={name}
            columns={[...new Set(rows.flatMap(({ row }) => Object.keys(row)))].filter((column) => column !== 'id')}
            onClose={(changed) => {
              setOpen(false)
              if (changed) onChanged()
            }}
          />
        ) : null}
      </Dialog>
    </div>
  )
}

function Correct({ name, columns, onClose }: { name: string; columns: string[]; onClose: (changed: boolean) => void }) {
  const renew = useRenew('seeding')
  const [column, setColumn] = useState(columns[0] ?? '')
  const [value, setValue] = useState('')
  const { busy, fault, send } = useSending()
  const save = async (): Promise<void> => {
    const { rows, versions } = await correctPerson(name, column, value.trim() || null)
    await renew()
    toast('Berichtigt', 'ok', `${rows} Zeilen in ${versions} Fassungen.`)
    onClose(true)
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void send(save)
      }}
    >
      <Field label="Spalte">
        {(ids) => (
          <Select {...ids} className="w-full" value={column} onChange={(event) => setColumn(event.target.value)}>
            {columns.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Richtiger Wert" hint="Leer heißt: keine Angabe.">
        {(ids) => <Input {...ids} autoComplete="off" maxLength={2000} value={value} onChange={(event) => setValue(event.target.value)} />}
      </Field>
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={() => onClose(false)}>Abbrechen</Button>
        <Button type="submit" look="primary" busy={busy} disabled={!column}>
          Berichtigen
        </Button>
      </div>
    </form>
  )
}
