import { History } from 'lucide-react'
import { useState } from 'react'
import type { Backtest, Thresholds } from '@/api/types'
import { useDraft, type Draft } from '@/lib/draft'
import { formatTime, plural } from '@/lib/format'
import { ApiError } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { actorName } from '@/lib/words'
import { Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { DraftFaults } from '@/ui/draft-faults'
import { Field, Select, Textarea } from '@/ui/field'
import { Menu, MenuItem } from '@/ui/menu'
import { Fault, FaultLine, Skeleton } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { everyWords } from './alert-words'
import { backtest, savedThresholds, saveThresholds, useRenewAlerts, useThresholds } from './alerts-api'
import { BacktestResult } from './backtest-result'

/** The rules in force, their text, and what a changed text would have done. */
export function ThresholdsTab({ mayEdit }: { mayEdit: boolean }) {
  const found = useThresholds()
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <Skeleton className="h-96 rounded-card" />
  return <Editor data={found.data} mayEdit={mayEdit} />
}

const DAYS = [7, 14, 30, 90]

function Editor({ data, mayEdit }: { data: Thresholds; mayEdit: boolean }) {
  const renew = useRenewAlerts()
  const draft = useDraft('thresholds', data.text, data.version)
  const [days, setDays] = useState(30)
  const [tested, setTested] = useState<Backtest | null>(null)
  const { busy, fault, send, clear } = useSending((error) => (error instanceof ApiError && error.status === 409 ? void renew() : undefined))
  const [saving, setSaving] = useState(false)
  const change = (text: string): void => {
    setTested(null)
    draft.change(text)
  }
  const drop = (): void => {
    setTested(null)
    clear()
    draft.drop()
  }
  const test = (): void => {
    setSaving(false)
    void send(async () => setTested(await backtest(draft.text, days)))
  }
  const save = (): void => {
    setSaving(true)
    void send(async () => {
      await saveThresholds(draft.text, draft.base)
      await renew()
      draft.drop()
      toast('Die Schwellen gelten ab der nächsten Bewertung.')
    })
  }
  return (
    <div className="grid gap-4">
      <Head data={data} draft={draft} onPick={change} />
      {data.problem ? <FaultLine error={new Error(data.problem)} /> : null}
      <Field label="Schwellen (YAML)" hint={<span className="[overflow-wrap:anywhere]">{hintOf(data, mayEdit)}</span>}>
        {(ids) => <Textarea {...ids} rows={20} spellCheck={false} readOnly={!mayEdit} value={draft.text} onChange={(event) => change(event.target.value)} className="scroll-thin font-mono text-xs leading-relaxed" />}
      </Field>
      <DraftFaults overtaken={draft.overtaken} error={fault} />
      <div className="flex flex-wrap items-center gap-2">
        <Select aria-label="Zeitraum der Rückrechnung" value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {DAYS.map((one) => (
            <option key={one} value={one}>
              letzte {one} Tage
            </option>
          ))}
        </Select>
        <Button busy={busy && !saving} disabled={busy} onClick={test}>
          An der Vergangenheit prüfen
        </Button>
        <span className="ml-auto flex gap-2">
          <Button disabled={!draft.changed || busy} onClick={drop}>
            Verwerfen
          </Button>
          {mayEdit ? (
            <Button look="primary" busy={busy && saving} disabled={busy || !draft.changed} onClick={save}>
              Speichern
            </Button>
          ) : null}
        </span>
      </div>
      {tested ? <BacktestResult found={tested} /> : null}
    </div>
  )
}

function hintOf(data: Thresholds, mayEdit: boolean): string {
  if (!mayEdit) return 'Ändern darf die Schwellen nur die Betriebsverwaltung.'
  return data.own ? data.path : 'Mitgeliefert. Beim Speichern entsteht Ihre eigene Fassung.'
}

function Head({ data, draft, onPick }: { data: Thresholds; draft: Draft; onPick: (text: string) => void }) {
  const { send } = useSending(toastFault)
  const pick = async (version: string): Promise<void> => {
    const { text } = await savedThresholds(version)
    const mine = draft.text
    onPick(text)
    if (draft.changed) toast('Frühere Fassung geladen', 'info', 'Ihre Änderung wurde ersetzt.', { label: 'Rückgängig', run: () => onPick(mine) })
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="max-w-prose text-sm text-muted">
        {data.problem ? 'Keine Regel gilt.' : `${plural(data.rules.length, 'Regel', 'Regeln')}, bewertet ${everyWords(data.every)}.`} Prüfen Sie eine Änderung an der Vergangenheit, bevor Sie sie speichern.
      </p>
      {data.missing.length > 0 ? <Tag>{plural(data.missing.length, 'mitgelieferte Regel fehlt', 'mitgelieferte Regeln fehlen')}</Tag> : null}
      {data.history.length > 0 ? (
        <span className="ml-auto">
          <Menu
            trigger={
              <Button size="sm" look="ghost">
                <History aria-hidden /> Frühere Fassungen
              </Button>
            }
          >
            {data.history.slice(0, 10).map((saved) => (
              <MenuItem key={saved.version} onSelect={() => void send(() => pick(saved.version))}>
                <span className="num">
                  {formatTime(saved.saved_at)} · {actorName(saved.actor)} · {saved.version}
                </span>
              </MenuItem>
            ))}
          </Menu>
        </span>
      ) : null}
    </div>
  )
}
