import { useQueryClient } from '@tanstack/react-query'
import type { Vocabulary as Data } from '@/api/types'
import { useDraft } from '@/lib/draft'
import { plural } from '@/lib/format'
import { ApiError } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { Button } from '@/ui/button'
import { DraftFaults } from '@/ui/draft-faults'
import { Field, Textarea } from '@/ui/field'
import { Fault, Skeleton } from '@/ui/states'
import { toast } from '@/ui/toast'
import { saveVocabulary, useVocabulary } from './api'

export function Vocabulary() {
  const vocabulary = useVocabulary()
  if (!vocabulary.data) return vocabulary.isError ? <Fault error={vocabulary.error} onRetry={() => void vocabulary.refetch()} className="card" /> : <Skeleton className="h-96 rounded-card" />
  return <Editor data={vocabulary.data} />
}

function Editor({ data }: { data: Data }) {
  const queries = useQueryClient()
  const draft = useDraft('vocabulary', data.text, data.version)
  const renew = (): Promise<void> => queries.invalidateQueries({ queryKey: ['vocabulary'] })
  const { busy, fault, send, clear } = useSending((error) => (error instanceof ApiError && error.status === 409 ? void renew() : undefined))
  const save = async (): Promise<void> => {
    await saveVocabulary(draft.text, draft.base)
    await renew()
    draft.drop()
    toast('Der Wortschatz ist gespeichert und gilt ab der nächsten Frage.')
  }
  const drop = (): void => {
    clear()
    draft.drop()
  }
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-sm text-muted">
        Der Wortschatz übersetzt Alltagswörter in die des Gesetzes und des Fachs: Wer „Wallbox“ fragt, findet „steuerbare Verbrauchseinrichtung“. {plural(data.entries, 'Eintrag', 'Einträge')}.
      </p>
      <Field label="Wortschatz (YAML)" hint={<span className="[overflow-wrap:anywhere]">{data.path}</span>}>
        {(ids) => <Textarea {...ids} rows={22} spellCheck={false} value={draft.text} onChange={(event) => draft.change(event.target.value)} className="scroll-thin font-mono text-xs leading-relaxed" />}
      </Field>
      <DraftFaults overtaken={draft.overtaken} error={fault} />
      <div className="flex justify-end gap-2">
        <Button disabled={!draft.changed || busy} onClick={drop}>
          Verwerfen
        </Button>
        <Button look="primary" busy={busy} disabled={!draft.changed} onClick={() => void send(save)}>
          Speichern
        </Button>
      </div>
    </div>
  )
}
