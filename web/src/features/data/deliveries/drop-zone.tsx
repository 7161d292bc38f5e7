import { useQueryClient } from '@tanstack/react-query'
import { ChevronDown, FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { cn } from '@/lib/cn'
import { useFileDrop } from '@/lib/file-drop'
import { Button } from '@/ui/button'
import { renew } from '../api'
import { fine, HintFields } from './hint-fields'
import { NO_HINTS, series, type Hints } from './uploads'

/** Where files of readings and prices go in, by hand or dropped, with what the sender may say of them. */
export function DropZone() {
  const queries = useQueryClient()
  const picker = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState(false)
  const [hints, setHints] = useState<Hints>(NO_HINTS)
  const wrong = !fine(hints)
  const take = (files: File[]): void => {
    if (wrong) setOpen(true)
    else if (files.length > 0) series.add(files, hints, () => renew(queries))
  }
  const over = useFileDrop(take)
  const said = Object.values(hints).filter(Boolean).length
  return (
    <section className="card grid gap-3 p-4" aria-label="Dateien aufnehmen">
      <div className={cn('grid justify-items-center gap-x-4 gap-y-3 rounded-card border-2 border-dashed px-4 py-5 text-center transition-colors sm:flex sm:flex-wrap sm:items-center sm:text-left', over ? 'border-brand bg-brand-soft' : 'border-field')}>
        <FileUp className="size-7 shrink-0 text-brand" aria-hidden />
        <div className="min-w-0 flex-1 sm:min-w-52">
          <p className="text-sm font-medium">{over ? 'Loslassen, um die Dateien aufzunehmen' : 'Messwerte oder Preise hierher ziehen'}</p>
          <p className="text-xs text-muted">CSV (auch deutsch mit Komma), SMARD, ENTSO-E, MSCONS, JSON oder Parquet, auch als .gz. Das Format erkennt Nova am Inhalt.</p>
        </div>
        <Button look="primary" disabled={wrong} onClick={() => picker.current?.click()}>
          Dateien auswählen
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Dateien auswählen"
          data-testid="readings-input"
          onChange={(event) => {
            take([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
      </div>
      <div className="grid gap-3">
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="flex items-center gap-1.5 justify-self-start rounded text-xs font-medium text-muted hover:text-ink">
          <ChevronDown className={cn('size-4 transition-transform', !open && '-rotate-90')} aria-hidden />
          Angaben zur Datei {said > 0 ? `(${said})` : '(freiwillig)'}
        </button>
        {open ? (
          <>
            <p className="text-xs text-muted">Nur nötig, wo die Datei es selbst nicht sagt. Gilt für die nächsten Dateien, bis Sie es ändern.</p>
            <HintFields hints={hints} onChange={setHints} />
          </>
        ) : null}
      </div>
    </section>
  )
}
