import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Vocabulary as Data } from '@/api/types'
import { ApiError } from '@/lib/http'
import { plural } from '@/lib/format'
import { Button } from '@/ui/button'
import { Field, Textarea } from '@/ui/field'
import { Fault, FaultLine, Skeleton } from '@/ui/states'
import { toast } from '@/ui/toast'
import { saveVocabulary, useVocabulary } from './api'

export function Vocabulary() {
  const vocabulary = useVocabulary()
  if (vocabulary.isPending) return <Skeleton className="h-96 rounded-card" />
  if (vocabulary.isError) return <Fault error={vocabulary.error} onRetry={() => void vocabulary.refetch()} className="card" />
  return <Editor key={vocabulary.data.text} data={vocabulary.data} />
}

function Editor({ data }: { data: Data }) {
  const queries = useQueryClient()
  const [text, setText] = useState(data.text)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const save = async (): Promise<void> => {
    setBusy(true)
    setFault(null)
    try {
      await saveVocabulary(text)
      toast('Der Wortschatz ist gespeichert und gilt ab der nächsten Frage.')
      await queries.invalidateQueries({ queryKey: ['vocabulary'] })
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(false)
    }
  }
  const places = fault instanceof ApiError ? fault.fields : []
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-sm text-muted">
        Der Wortschatz übersetzt Alltagswörter in die des Gesetzes und des Fachs: Wer „Wallbox“ fragt, findet „steuerbare Verbrauchseinrichtung“. {plural(data.entries, 'Eintrag', 'Einträge')}.
      </p>
      <Field label="Wortschatz (YAML)" hint={<span className="[overflow-wrap:anywhere]">{data.path}</span>}>
        {(ids) => <Textarea {...ids} rows={22} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} className="scroll-thin font-mono text-xs leading-relaxed" />}
      </Field>
      <FaultLine error={fault} />
      {places.length > 0 ? (
        <ul className="grid gap-1 text-sm text-bad">
          {places.map((place) => (
            <li key={place.field + place.message}>
              <code>{place.field}</code>: {place.message}
            </li>
          ))}
        </ul>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button disabled={text === data.text} onClick={() => setText(data.text)}>
          Verwerfen
        </Button>
        <Button look="primary" busy={busy} disabled={text === data.text} onClick={() => void save()}>
          Speichern
        </Button>
      </div>
    </div>
  )
}
