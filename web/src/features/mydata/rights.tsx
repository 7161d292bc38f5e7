import { useQueryClient } from '@tanstack/react-query'
import { Download, ShieldOff, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { formatTime } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { Button, buttonLook } from '@/ui/button'
import { CopyButton } from '@/ui/copy'
import { Confirm, Dialog } from '@/ui/dialog'
import { FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { isTheWord, TypedWord } from '@/ui/typed-word'
import { eraseMyself, exportAddress, object, useOwnErasure } from './api'

/** Access, objection and erasure, each with what it does said beforehand. */
export function Rights() {
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'object' | 'erase' | null>(null)
  return (
    <ul className="card divide-y divide-line">
      <Right title="Auskunft" text="Alles, was Nova über Sie gespeichert hat, als Datei. Was in Gesprächen durch Kürzel ersetzt ist, steht darin im Klartext.">
        <a className={buttonLook({ size: 'sm' })} href={exportAddress('json')} download="meine-daten.json">
          <Download aria-hidden /> JSON
        </a>
        <a className={buttonLook({ size: 'sm' })} href={exportAddress('zip')} download="meine-daten.zip">
          <Download aria-hidden /> ZIP mit Dokumenten
        </a>
      </Right>
      <Right title="Widerspruch" text="Ihre Gespräche werden nicht mehr ausgewertet, und aus ihnen wird nicht mehr gelernt. Was schon gelernt wurde, wird ohne sie neu berechnet.">
        <Button size="sm" onClick={() => setAsking('object')}>
          <ShieldOff aria-hidden /> Widersprechen
        </Button>
      </Right>
      <Right title="Löschung" text="Alles über Sie wird gelöscht: Gespräche, Antworten, Urteile, eigene Dokumente, Zähler mit Messwerten, Ihr Zugang und Ihr Schlüssel. Ältere Sicherungen werden beim Einspielen erneut bereinigt." note={<OwnErasure />}>
        <Button size="sm" look="danger" onClick={() => setAsking('erase')}>
          <Trash2 aria-hidden /> Alles löschen
        </Button>
      </Right>
      <Confirm
        open={asking === 'object'}
        onClose={() => setAsking(null)}
        title="Auswertung und Lernen widersprechen?"
        action="Widersprechen"
        onConfirm={async () => {
          await object()
          await queries.invalidateQueries({ queryKey: ['consent'] })
          toast('Ihr Widerspruch gilt ab sofort.')
        }}
      >
        Ihr Verlauf bleibt Ihnen erhalten. Sie können später wieder einwilligen.
      </Confirm>
      <EraseDialog key={String(asking)} open={asking === 'erase'} onClose={() => setAsking(null)} />
    </ul>
  )
}

/** How an erasure stands that is asked for and not done. */
function OwnErasure() {
  const { data: found } = useOwnErasure()
  if (!found?.state) return null
  const left = found.state === 'failed' || found.state === 'cancelled' || found.state === 'stopped'
  return (
    <p role="status" className={left ? 'max-w-prose text-sm text-warn' : 'max-w-prose text-sm'}>
      Ihre Löschung vom {formatTime(found.asked_at)}: {found.state_text}.{left ? ' Nova setzt sie von selbst binnen eines Tages fort; „Alles löschen“ setzt sie sofort fort.' : ''}
    </p>
  )
}

function Right({ title, text, note, children }: { title: string; text: string; note?: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-3.5">
      <div className="grid min-w-0 flex-1 basis-72 gap-1">
        <p className="text-sm font-medium">{title}</p>
        <p className="max-w-prose text-sm text-muted">{text}</p>
        {note}
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </li>
  )
}

/** Asks for a word, then twice at the server: erasing cannot be undone. */
function EraseDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [word, setWord] = useState('')
  const [receipt, setReceipt] = useState<string | null>(null)
  const { busy, fault, send } = useSending()
  if (receipt !== null)
    return (
      <Dialog open={open} onClose={() => window.location.reload()} title="Die Löschung läuft" firm>
        <p className="text-sm text-muted">Sie dauert gewöhnlich wenige Minuten; danach gilt Ihr Zugang nicht mehr. Nummer Ihres Löschbelegs, den Ihnen die Verwaltung aushändigt:</p>
        <code className="num text-sm select-all [overflow-wrap:anywhere]">{receipt}</code>
        <div className="flex justify-end">
          <CopyButton label="Nummer kopieren" text={() => receipt} />
        </div>
      </Dialog>
    )
  return (
    <Dialog open={open} onClose={onClose} title="Alles über Sie löschen?" description="Das lässt sich nicht zurücknehmen. Eine Auskunft können Sie danach nicht mehr erhalten.">
      <TypedWord value={word} onChange={setWord} />
      <FaultLine error={fault} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Abbrechen</Button>
        <Button look="danger" busy={busy} disabled={!isTheWord(word)} onClick={() => void send(async () => setReceipt(await eraseMyself()))}>
          Endgültig löschen
        </Button>
      </div>
    </Dialog>
  )
}
