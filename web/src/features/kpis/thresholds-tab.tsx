import { History } from 'lucide-react'
import { useState } from 'react'
import type { Backtest, Role, Thresholds } from '@/api/types'
import { ApiError } from '@/lib/http'
import { formatTime, plural } from '@/lib/format'
import { Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Field, Select, Textarea } from '@/ui/field'
import { Menu, MenuItem } from '@/ui/menu'
import { Fault, FaultLine, Skeleton } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { everyWords } from './alert-words'
import { backtest, savedThresholds, saveThresholds, useRenewAlerts, useThresholds } from './alerts-api'
import { BacktestResult } from './backtest-result'

/** The rules in force, their text, and what a changed text would have done. */
export function ThresholdsTab({ role }: { role: Role }) {
  const found = useThresholds()
  if (found.isPending) return <Skeleton className="h-96 rounded-card" />
  if (found.isError) return <Fault error={found.error} onRetry={() => void found.refetch()} className="card" />
  return <Editor key={found.data.version} data={found.data} admin={role === 'admin'} />
}

const DAYS = [7, 14, 30, 90]

function Editor({ data, admin }: { data: Thresholds; admin: boolean }) {
  const renew = useRenewAlerts()
  const [text, setText] = useState(data.text)
  const [days, setDays] = useState(30)
  const [busy, setBusy] = useState<'save' | 'test' | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  const [tested, setTested] = useState<Backtest | null>(null)
  const during = async (what: 'save' | 'test', work: () => Promise<void>): Promise<void> => {
    setBusy(what)
    setFault(null)
    try {
      await work()
    } catch (error) {
      setFault(error)
    } finally {
      setBusy(null)
    }
  }
  const test = (): Promise<void> => during('test', async () => setTested(await backtest(text, days)))
  const save = (): Promise<void> =>
    during('save', async () => {
      await saveThresholds(text, data.version)
      await renew()
      toast('Die Schwellen gelten ab der nächsten Bewertung.')
    })
  return (
    <div className="grid gap-4">
      <Head data={data} onPick={setText} />
      {data.problem ? <FaultLine error={new Error(data.problem)} /> : null}
      <Field label="Schwellen (YAML)" hint={<span className="[overflow-wrap:anywhere]">{data.own ? data.path : 'Mitgeliefert. Beim Speichern entsteht Ihre eigene Fassung.'}</span>}>
        {(ids) => <Textarea {...ids} rows={20} spellCheck={false} readOnly={!admin} value={text} onChange={(event) => setText(event.target.value)} className="scroll-thin font-mono text-xs leading-relaxed" />}
      </Field>
      <FaultLine error={fault} />
      <Places error={fault} />
      <div className="flex flex-wrap items-center gap-2">
        <Select aria-label="Zeitraum der Rückrechnung" value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {DAYS.map((one) => (
            <option key={one} value={one}>
              letzte {one} Tage
            </option>
          ))}
        </Select>
        <Button busy={busy === 'test'} onClick={() => void test()}>
          An der Vergangenheit prüfen
        </Button>
        <span className="ml-auto flex gap-2">
          <Button disabled={text === data.text} onClick={() => setText(data.text)}>
            Verwerfen
          </Button>
          {admin ? (
            <Button look="primary" busy={busy === 'save'} disabled={text === data.text} onClick={() => void save()}>
              Speichern
            </Button>
          ) : null}
        </span>
      </div>
      {tested ? <BacktestResult found={tested} /> : null}
    </div>
  )
}

function Head({ data, onPick }: { data: Thresholds; onPick: (text: string) => void }) {
  const fetch = async (version: string): Promise<void> => {
    try {
      onPick((await savedThresholds(version)).text)
    } catch (error) {
      toastFault(error)
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="max-w-prose text-sm text-muted">
        {plural(data.rules.length, 'Regel', 'Regeln')}, bewertet alle {everyWords(data.every)}. Prüfen Sie eine Änderung an der Vergangenheit, bevor Sie sie speichern.
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
              <MenuItem key={saved.version} onSelect={() => void fetch(saved.version)}>
                <span className="num">
                  {formatTime(saved.saved_at)} · {saved.version}
                </span>
              </MenuItem>
            ))}
          </Menu>
        </span>
      ) : null}
    </div>
  )
}

function Places({ error }: { error: unknown }) {
  const places = error instanceof ApiError ? error.fields : []
  if (places.length === 0) return null
  return (
    <ul className="grid gap-1 text-sm text-bad">
      {places.map((place) => (
        <li key={place.field + place.message}>
          <code>{place.field}</code>: {place.message}
        </li>
      ))}
    </ul>
  )
}
