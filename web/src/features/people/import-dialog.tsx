import { Download } from 'lucide-react'
import { useState, type ChangeEvent } from 'react'
import { plural } from '@/lib/format'
import { saveText } from '@/lib/save'
import { useSending } from '@/lib/use-sending'
import { StateBadge } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { FaultLine } from '@/ui/states'
import { TableHead } from '@/ui/table-head'
import { importPeople, useRenewPeople, type Rows } from './api'
import { doneWord, linksCsv } from './words'

/** A table of people: what would happen first, then all of it or nothing. */
export function ImportDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Personen aus einer Tabelle" description="CSV mit den Spalten user,name,role,state; state ist „da“ oder „weg“." className="w-[min(640px,calc(100vw-24px))]" firm>
      {open ? <Import onClose={onClose} /> : null}
    </Dialog>
  )
}

function Import({ onClose }: { onClose: () => void }) {
  const renew = useRenewPeople()
  const [file, setFile] = useState<File | null>(null)
  const [found, setFound] = useState<Rows | null>(null)
  const { busy, fault, send } = useSending()
  const pick = (event: ChangeEvent<HTMLInputElement>): void => {
    const next = event.target.files?.[0] ?? null
    setFile(next)
    setFound(null)
    if (next) void send(async () => setFound(await importPeople(next, true)))
  }
  const take = (): void =>
    void send(async () => {
      if (file) setFound(await importPeople(file, false))
      await renew()
    })
  const done = found?.dry_run === false
  const moves = found?.rows.filter((row) => row.done !== 'same').length ?? 0
  return (
    <>
      {done ? null : (
        <Field label="Tabelle" hint="Zuerst sehen Sie, was geschähe. Es ändert sich noch nichts.">
          {(ids) => <input {...ids} type="file" accept=".csv,text/csv" onChange={pick} className="text-sm file:mr-3 file:h-9 file:rounded-control file:border file:border-edge file:bg-panel file:px-3 file:text-ink" />}
        </Field>
      )}
      <FaultLine error={fault} />
      {found ? <Told found={found} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        {done && found.rows.some(({ path }) => path !== null) ? (
          <Button onClick={() => saveText('einladungen.csv', linksCsv(found.rows, window.location.origin), 'text/csv')}>
            <Download aria-hidden /> Links als CSV
          </Button>
        ) : null}
        {done ? (
          <Button look="primary" onClick={onClose}>
            Fertig
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Abbrechen</Button>
            <Button look="primary" busy={busy} disabled={moves === 0} onClick={take}>
              So übernehmen
            </Button>
          </>
        )}
      </div>
    </>
  )
}

function Told({ found }: { found: Rows }) {
  const moved = found.rows.filter((row) => row.done !== 'same').length
  return (
    <div className="grid gap-2">
      <p className="num text-sm text-muted">
        {plural(found.rows.length, 'Zeile', 'Zeilen')}, {found.dry_run ? `${plural(moved, 'Änderung steht', 'Änderungen stehen')} an.` : `${plural(moved, 'Änderung', 'Änderungen')} ausgeführt. Die Links gibt es nur jetzt.`}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="scroll-thin card max-h-72 overflow-auto" tabIndex={0} role="region" aria-label="Was geschieht">
        <table className="num w-full text-sm">
          <TableHead heads={['Zeile', 'Person', 'Was geschieht']} />
          <tbody className="divide-y divide-line">
            {found.rows.map((row) => (
              <tr key={row.line}>
                <td className="px-3 py-1.5 text-muted">{row.line}</td>
                <th scope="row" className="px-3 py-1.5 text-left font-medium [overflow-wrap:anywhere]">
                  {row.user}
                </th>
                <td className="px-3 py-1.5">
                  <StateBadge word={doneWord(row.done, found.dry_run)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
