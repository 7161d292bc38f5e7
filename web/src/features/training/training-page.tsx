import { ArrowLeft } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { useMay } from '@/lib/may'
import { Button } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { Page } from '@/ui/page'
import { Tabs } from '@/ui/tabs'
import { Blind } from './blind'
import { DatasetTab } from './dataset-tab'
import { NewTab } from './new-tab'
import { RunView } from './run-view'
import { RunsTab } from './runs-tab'
import { RUN_NAME, type OnSearch, type Part, type TrainingSearch } from './search'

interface Props {
  search: TrainingSearch
  onSearch: OnSearch
}

const LEAD = 'Ein Sprachmodell lernt aus geprüften Antworten. Es dient erst, wenn es besser ist als vorher.'

/** From the reason to train a model over its data and its runs to what people and figures say of it. */
export function TrainingPage({ search, onSearch }: Props) {
  const may = useMay()
  const back = (
    <Button size="sm" className="w-fit" onClick={() => onSearch({ lauf: undefined, sicht: undefined })}>
      <ArrowLeft aria-hidden /> {may('learned') ? 'Alle Läufe' : 'Anderer Lauf'}
    </Button>
  )
  if (!may('learned'))
    return (
      <Page title="Feinabstimmung" lead={search.lauf ? `Blind beurteilen: ${search.lauf}` : 'Zwei Antworten vergleichen, ohne zu wissen, welche vom neuen Modell kommt.'}>
        {search.lauf ? back : null}
        {search.lauf ? <Blind key={search.lauf} run={search.lauf} /> : <Which onRun={(lauf) => onSearch({ lauf })} />}
      </Page>
    )
  if (search.lauf) return <RunView key={search.lauf} name={search.lauf} view={search.sicht ?? 'verlauf'} onView={(sicht) => onSearch({ sicht })} back={back} />
  return (
    <Page title="Feinabstimmung" lead={LEAD}>
      <Tabs
        label="Feinabstimmung"
        value={search.teil ?? 'laeufe'}
        onChange={(teil) => onSearch({ teil: teil as Part })}
        tabs={[
          { value: 'laeufe', label: 'Läufe', content: <RunsTab onOpen={(lauf) => onSearch({ lauf })} onNew={() => onSearch({ teil: 'neu' })} /> },
          { value: 'datensatz', label: 'Datensatz', content: <DatasetTab /> },
          { value: 'neu', label: 'Neuer Lauf', content: <NewTab onStarted={(lauf) => onSearch({ lauf, teil: undefined })} onData={() => onSearch({ teil: 'datensatz' })} /> },
        ]}
      />
    </Page>
  )
}

/** Who only judges is not shown any run: whoever began it says what it is called. */
function Which({ onRun }: { onRun: (name: string) => void }) {
  const [name, setName] = useState('')
  const typed = name.trim()
  const wrong = typed !== '' && !RUN_NAME.test(typed)
  const open = (event: FormEvent): void => {
    event.preventDefault()
    if (RUN_NAME.test(typed)) onRun(typed)
  }
  return (
    <form onSubmit={open} className="card flex flex-wrap items-start gap-3 p-4">
      <Field label="Name des Laufs" className="min-w-0 flex-1 basis-60" hint="Zum Beispiel sophia-finetune-2026-11-25. Den Namen nennt Ihnen, wer den Lauf begonnen hat." error={wrong ? 'Nur kleine Buchstaben, Ziffern, Punkt und Striche.' : null}>
        {(ids) => <Input {...ids} value={name} onChange={(event) => setName(event.target.value)} maxLength={100} autoComplete="off" spellCheck={false} />}
      </Field>
      <Button type="submit" look="primary" className="mt-5.5" disabled={!RUN_NAME.test(typed)}>
        Beurteilen
      </Button>
    </form>
  )
}
