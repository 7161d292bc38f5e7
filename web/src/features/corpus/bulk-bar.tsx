import { useQueryClient } from '@tanstack/react-query'
import { RefreshCw, Tag as TagSign, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import type { BulkOutcome } from '@/api/types'
import { plural } from '@/lib/format'
import { useTone } from '@/lib/tone'
import { Button, IconButton } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { Field, Input } from '@/ui/field'
import { Segmented } from '@/ui/segmented'
import { toast } from '@/ui/toast'
import { bulk } from './api'

type Question = 'delete' | 'tag' | 'reindex' | null

function report(outcome: BulkOutcome, what: string): void {
  const failed = outcome.failed.length
  if (failed === 0) toast(`${plural(outcome.done, 'Dokument', 'Dokumente')} ${what}.`)
  else toast(`${outcome.done} ${what}, ${failed} gescheitert.`, 'bad', outcome.failed[0]?.message)
}

/** What can be done to the chosen documents, each asked about first. */
export function BulkBar({ chosen, onDone }: { chosen: ReadonlySet<string>; onDone: () => void }) {
  const queries = useQueryClient()
  const tone = useTone()
  const [question, setQuestion] = useState<Question>(null)
  const [tag, setTag] = useState('')
  const [mode, setMode] = useState<'tag' | 'untag'>('tag')
  const count = plural(chosen.size, 'Dokument', 'Dokumente')
  const run = async (action: 'delete' | 'tag' | 'untag' | 'reindex', what: string): Promise<void> => {
    report(await bulk(action, [...chosen], action === 'tag' || action === 'untag' ? tag.trim() : undefined), what)
    onDone()
    for (const key of ['items', 'facets', 'overview', 'jobs']) void queries.invalidateQueries({ queryKey: [key] })
  }
  const close = (): void => setQuestion(null)
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-brand-soft px-3 py-2" role="region" aria-label="Auswahl">
      <span className="num mr-auto pl-1 text-sm font-medium">{count} ausgewählt</span>
      <Button size="sm" onClick={() => setQuestion('tag')}>
        <TagSign aria-hidden /> Schlagwort
      </Button>
      <Button size="sm" onClick={() => setQuestion('reindex')}>
        <RefreshCw aria-hidden /> Neu indizieren
      </Button>
      <Button size="sm" look="danger" onClick={() => setQuestion('delete')}>
        <Trash2 aria-hidden /> Löschen
      </Button>
      <IconButton label="Auswahl aufheben" size="icon-sm" onClick={onDone}>
        <X aria-hidden />
      </IconButton>
      <Confirm open={question === 'delete'} onClose={close} title={`${count} löschen?`} action="Endgültig löschen" danger onConfirm={() => run('delete', 'gelöscht')}>
        Dateien, Texte, Passagen und alle Fassungen werden entfernt. Das lässt sich nicht zurücknehmen.
      </Confirm>
      <Confirm open={question === 'reindex'} onClose={close} title={`${count} neu indizieren?`} action="Neu indizieren" onConfirm={() => run('reindex', 'zum Neuaufbau vorgemerkt')}>
        {tone('Der Bestand bleibt derweil auskunftsfähig. Es ist, als würde man ein Regal umsortieren, ohne den Lesesaal zu schließen.', 'Der Bestand bleibt währenddessen durchsuchbar.')}
      </Confirm>
      <Confirm open={question === 'tag'} onClose={close} title={`Schlagwort für ${count}`} action="Anwenden" onConfirm={() => (tag.trim() ? run(mode, 'geändert') : Promise.reject(new Error('Bitte geben Sie ein Schlagwort ein.')))}>
        <div className="grid gap-3">
          <Segmented
            label="Was geschieht"
            value={mode}
            onChange={setMode}
            options={[
              { value: 'tag', label: 'hinzufügen' },
              { value: 'untag', label: 'entfernen' },
            ]}
          />
          <Field label="Schlagwort">{(ids) => <Input {...ids} value={tag} onChange={(event) => setTag(event.target.value)} />}</Field>
        </div>
      </Confirm>
    </div>
  )
}
