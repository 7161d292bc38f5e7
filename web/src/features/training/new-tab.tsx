import { Gauge, Play } from 'lucide-react'
import { useState } from 'react'
import type { RunWanted } from '@/api/types'
import { formatTime } from '@/lib/format'
import { useMay } from '@/lib/may'
import { useSending } from '@/lib/use-sending'
import { isEnded } from '@/live/live'
import { Button } from '@/ui/button'
import { Confirm } from '@/ui/dialog'
import { CheckLine, Field, Select, Textarea } from '@/ui/field'
import { Segmented } from '@/ui/segmented'
import { Empty, Fault, FaultLine, FaultPlaces, OldNews, SkeletonRows } from '@/ui/states'
import { toast } from '@/ui/toast'
import { measure, startRun, useDatasets, useJob, useRenew, useSent } from './api'
import { JobLine } from './job-line'
import { NeedTable, needText } from './need-table'
import { measuredOf, type Measured } from './told'
import { PROFILES, shortVersion, type Profile } from './words'

interface Props {
  onStarted: (name: string) => void
  onData: () => void
}

/** What a run would take beside its budget, and the button that begins it. */
export function NewTab({ onStarted, onData }: Props) {
  const may = useMay()('data')
  const found = useDatasets()
  if (!may) return <Empty className="card" title="Einen Lauf beginnt, wer Daten betreut">Ansehen können Sie alle Läufe.</Empty>
  if (!found.data) return found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : <div className="card"><SkeletonRows /></div>
  const usable = found.data.datasets.filter(({ refusal }) => refusal === null)
  if (usable.length === 0)
    return (
      <Empty className="card" title="Noch kein Datensatz, aus dem gelernt werden darf" action={<Button look="primary" onClick={onData}>Zum Datensatz</Button>}>
        Ein Lauf braucht einen Datensatz, der alle Prüfungen bestanden hat.
      </Empty>
    )
  return (
    <div className="grid gap-4">
      <OldNews found={found} />
      <Prepare versions={usable.map(({ version, made_at }) => ({ version, label: `${shortVersion(version)} · ${formatTime(made_at)}` }))} onStarted={onStarted} />
    </div>
  )
}

const same = (one: RunWanted, other: RunWanted): boolean => one.config === other.config && one.profile === other.profile && one.version === other.version

function Prepare({ versions, onStarted }: { versions: { version: string; label: string }[]; onStarted: (name: string) => void }) {
  const [sent, setSent] = useSent()
  const [profile, setProfile] = useState<Profile>(sent?.wanted.profile ?? 'cpu')
  const [picked, setPicked] = useState(sent?.wanted.version ?? '')
  const [config, setConfig] = useState(sent?.wanted.config ?? '')
  const [own, setOwn] = useState(config !== '')
  const [asked, setAsked] = useState(false)
  const renew = useRenew()
  const { busy, fault, send, clear } = useSending()
  const version = versions.some((one) => one.version === picked) ? picked : (versions[0]?.version ?? '')
  const wanted: RunWanted = { config: own && config.trim() !== '' ? config : '', profile, version }
  const job = useJob(sent?.job).data
  const fits = sent !== null && same(sent.wanted, wanted)
  const atWork = sent !== null && (!job || !isEnded(job))
  const found = job?.state === 'done' ? measuredOf(job.result) : null
  const measured = fits ? found : null
  const begin = async (): Promise<void> => {
    const { run } = await startRun(wanted)
    await renew('runs')
    toast('Der Lauf ist eingereiht', 'ok', 'Wie weit er ist, steht gleich hier.')
    onStarted(run.name)
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="card grid gap-4 p-4">
        <div className="grid gap-1.5">
          <p className="text-xs font-medium">Wo gerechnet wird</p>
          <Segmented label="Wo gerechnet wird" value={profile} onChange={setProfile} options={PROFILES.map(({ value, label }) => ({ value, label }))} />
          <p className="text-xs text-muted">{PROFILES.find(({ value }) => value === profile)?.says}</p>
        </div>
        <Field label="Datensatz" hint="Voreingestellt ist der neueste, aus dem gelernt werden darf.">
          {(ids) => (
            <Select {...ids} value={version} onChange={(event) => setPicked(event.target.value)}>
              {versions.map((one) => (
                <option key={one.version} value={one.version}>
                  {one.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <CheckLine label="Eigene Einstellungen" hint="Sonst gelten die, die mit Nova kommen." checked={own} onChange={setOwn} />
        {own ? (
          <Field label="Text der lora.yaml" hint="Darin stehen Basis, Methode und Budget.">
            {(ids) => <Textarea {...ids} className="min-h-48 font-mono text-xs" spellCheck={false} maxLength={65_536} value={config} onChange={(event) => setConfig(event.target.value)} />}
          </Field>
        ) : null}
        <FaultLine error={fault} />
        <FaultPlaces error={fault} />
        <div className="flex flex-wrap gap-2">
          <Button busy={busy} disabled={atWork && fits} onClick={() => void send(async () => setSent({ job: (await measure(wanted)).job_id, wanted }))}>
            <Gauge aria-hidden /> Messen
          </Button>
          <Button
            look="primary"
            disabled={measured?.passed === false}
            onClick={() => {
              clear()
              setAsked(true)
            }}
          >
            <Play aria-hidden /> Lauf beginnen
          </Button>
        </div>
        {measured?.passed === false ? <p className="text-sm text-warn">So kann der Lauf nicht beginnen; der Grund steht bei der Messung. Mit eigenen Einstellungen lässt er sich ändern.</p> : null}
      </div>
      <section className="card grid gap-3 p-4" aria-label="Was der Lauf braucht">
        <h2 className="text-sm font-semibold">Was der Lauf braucht</h2>
        {sent === null ? <p className="text-sm text-muted">„Messen“ rechnet drei Schritte und schließt daraus auf den ganzen Lauf. Behalten wird davon nichts.</p> : null}
        {atWork ? <JobLine job={job} title="Messen" /> : null}
        {job && (job.state === 'failed' || job.state === 'cancelled') ? <FaultLine error={new Error(job.error ?? 'Die Messung wurde abgebrochen.')} /> : null}
        {sent !== null && !fits ? <p role="status" className="text-sm text-warn">Gemessen wurde mit anderen Angaben. Messen Sie noch einmal.</p> : null}
        {found ? <NeedTable measured={found} /> : null}
      </section>
      <Confirm open={asked} onClose={() => setAsked(false)} title="Lauf beginnen?" action="Beginnen" onConfirm={begin}>
        <Takes measured={measured} />
      </Confirm>
    </div>
  )
}

/** What a run will take, as far as it is known. */
function Takes({ measured }: { measured: Measured | null }) {
  if (!measured) return <p>Was dieser Lauf braucht, ist nicht gemessen. Er misst am Anfang selbst drei Schritte und endet, wenn er über seinem Budget läge.</p>
  return (
    <div className="grid gap-2">
      <p>Nach der Messung braucht der Lauf etwa:</p>
      <ul className="num list-disc pl-5">
        {measured.needs.map((need) => (
          <li key={need.name}>
            {need.name}: {needText(need, need.value)}
          </li>
        ))}
      </ul>
      <p>Er lässt sich jederzeit anhalten und fortsetzen.</p>
    </div>
  )
}
