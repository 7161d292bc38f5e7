import { useQueryClient } from '@tanstack/react-query'
import { Archive, Download, History, Lock, ShieldCheck, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Snapshot, SnapshotList } from '@/api/types'
import { formatBytes, formatCount, formatTime, plural } from '@/lib/format'
import { path } from '@/lib/http'
import { useMay } from '@/lib/may'
import type { Word } from '@/lib/words'
import { Badge, StateBadge } from '@/ui/badge'
import { Button, buttonLook, IconButton } from '@/ui/button'
import { CopyButton } from '@/ui/copy'
import { Confirm, Dialog } from '@/ui/dialog'
import { CheckLine } from '@/ui/field'
import { Section } from '@/ui/page'
import { Empty, Fault, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { deleteSnapshot, makeSnapshot, proveSnapshot, useSnapshots } from './api'

export function Snapshots() {
  const found = useSnapshots()
  const [making, setMaking] = useState(false)
  return (
    <Section
      title="Sicherungen"
      aside={
        <Button size="sm" onClick={() => setMaking(true)}>
          <Archive aria-hidden /> Sicherung anlegen
        </Button>
      }
    >
      {found.isPending ? <div className="card"><SkeletonRows rows={2} label="Sicherungen werden geladen" /></div> : null}
      {found.isError ? <Fault error={found.error} onRetry={() => void found.refetch()} className="card" /> : null}
      {found.data ? <Found found={found.data} /> : null}
      <MakeDialog open={making} onClose={() => setMaking(false)} encrypted={Boolean(found.data?.recipient)} />
    </Section>
  )
}

/** How snapshots come about here. */
export function rhythm({ every_hours, keep, recipient }: Pick<SnapshotList, 'every_hours' | 'keep' | 'recipient'>): string {
  const every = every_hours === 24 ? 'täglich' : every_hours === 1 ? 'stündlich' : `alle ${formatCount(every_hours)} Stunden`
  const made = every_hours > 0 ? `Nova legt ${every} eine Sicherung an und behält die letzten ${formatCount(keep)}.` : 'Nova legt von selbst keine Sicherungen an.'
  return recipient ? `${made} Sie werden verschlüsselt.` : made
}

/** When one was last seen to be restorable. */
export function lastTrial(proof: SnapshotList['last_proof']): string {
  if (proof === null) return 'Noch keine wurde zur Probe eingespielt.'
  if (!proof.ok) return `Die Probe vom ${formatTime(proof.at)} misslang: ${proof.problems[0] ?? ''}`
  const like = proof.what === 'like' ? ', und zwar eine gleich angelegte, unverschlüsselte: Der Schlüssel liegt nicht hier' : ''
  return `Zuletzt zur Probe eingespielt: ${formatTime(proof.at)}${like}.`
}

/** Whether this very file was restored on trial, or only one that was made in the same way because its key is not here. */
export function proofWord({ proof }: Pick<Snapshot, 'proof'>): Word {
  if (proof === null) return { label: 'ungeprüft', shade: 'neutral' }
  if (!proof.ok) return { label: 'Probe misslungen', shade: 'bad' }
  return proof.what === 'like' ? { label: 'gleich angelegte geprüft', shade: 'neutral' } : { label: 'geprüft', shade: 'ok' }
}

/** What restores a snapshot from wherever Nova is started; a shell takes the path as it is. */
export function restoreCommand(folder: string, { file, encrypted }: Pick<Snapshot, 'file' | 'encrypted'>): string {
  const quoted = `'${`${folder}/${file}`.replaceAll("'", `'\\''`)}'`
  return `nova down && nova restore --replace ${quoted}${encrypted ? ' --identity SCHLÜSSELDATEI' : ''}`
}

function Found({ found }: { found: SnapshotList }) {
  return (
    <div className="grid gap-2">
      <p className="max-w-prose text-sm text-muted">
        {rhythm(found)} {found.snapshots.length > 0 ? lastTrial(found.last_proof) : null}
      </p>
      {found.snapshots.length === 0 ? (
        <Empty className="card" title="Noch keine Sicherung">
          Eine Sicherung enthält Datenbank und Dateien zu einem einzigen Zeitpunkt. Nova arbeitet währenddessen weiter.
        </Empty>
      ) : (
        <Files folder={found.folder} snapshots={found.snapshots} />
      )}
    </div>
  )
}

function Files({ folder, snapshots }: { folder: string; snapshots: Snapshot[] }) {
  const mayKeep = useMay()('configure')
  const queries = useQueryClient()
  const [doomed, setDoomed] = useState<Snapshot | null>(null)
  const [wanted, setWanted] = useState<Snapshot | null>(null)
  return (
    <>
      <ul className="card divide-y divide-line overflow-hidden">
        {snapshots.map((snapshot) => (
          <li key={snapshot.snapshot_id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <Facts snapshot={snapshot} />
            <div className="flex flex-wrap items-center gap-2">
              <Prove snapshot={snapshot} />
              <Button size="sm" onClick={() => setWanted(snapshot)} aria-label={`Sicherung vom ${formatTime(snapshot.created_at)} wiederherstellen`}>
                <History aria-hidden /> Wiederherstellen
              </Button>
              {mayKeep ? (
                <>
                  <a
                    className={buttonLook({ size: 'icon-sm', look: 'ghost' })}
                    href={path(`/admin/snapshots/${snapshot.snapshot_id}`)}
                    download={snapshot.file}
                    title="Herunterladen"
                    aria-label={`Sicherung vom ${formatTime(snapshot.created_at)} herunterladen`}
                  >
                    <Download aria-hidden />
                  </a>
                  <IconButton size="icon-sm" label={`Sicherung vom ${formatTime(snapshot.created_at)} löschen`} onClick={() => setDoomed(snapshot)}>
                    <Trash2 aria-hidden />
                  </IconButton>
                </>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
      <Confirm
        open={doomed !== null}
        onClose={() => setDoomed(null)}
        title="Sicherung löschen?"
        action="Löschen"
        danger
        onConfirm={async () => {
          if (doomed) await deleteSnapshot(doomed.snapshot_id)
          toast('Die Sicherung ist gelöscht.')
          await queries.invalidateQueries({ queryKey: ['snapshots'] })
        }}
      >
        Die Sicherung vom {formatTime(doomed?.created_at)} lässt sich danach nicht mehr wiederherstellen.
      </Confirm>
      <HowToRestore folder={folder} snapshot={wanted} onClose={() => setWanted(null)} />
    </>
  )
}

function Facts({ snapshot }: { snapshot: Snapshot }) {
  const { proof, flaws } = snapshot
  const documents = snapshot.counts.documents ?? snapshot.counts.items
  const facts = [
    formatBytes(snapshot.bytes),
    documents === undefined ? '' : plural(documents, 'Dokument', 'Dokumente'),
    snapshot.index ? 'mit Suchindex' : '',
    `Nova ${snapshot.nova}`,
    snapshot.origin === 'person' ? 'von Hand' : 'nach Plan',
  ]
  return (
    <div className="grid min-w-0 flex-1 basis-60 gap-1">
      <p className="flex flex-wrap items-center gap-2">
        <span className="num text-sm font-medium">{formatTime(snapshot.created_at)}</span>
        <StateBadge word={proofWord(snapshot)} />
        {snapshot.encrypted ? <Badge icon={<Lock aria-hidden />}>verschlüsselt</Badge> : null}
      </p>
      {proof && !proof.ok ? <p className="text-xs text-bad">{proof.problems[0]}</p> : null}
      {flaws.length > 0 ? <p className="text-xs text-warn">{plural(flaws.length, 'Datei fehlte', 'Dateien fehlten')} oder war schon beschädigt.</p> : null}
      <p className="num text-xs text-muted">{facts.filter(Boolean).join(' · ')}</p>
    </div>
  )
}

function Prove({ snapshot }: { snapshot: Snapshot }) {
  const queries = useQueryClient()
  const prove = async (): Promise<void> => {
    await proveSnapshot(snapshot.snapshot_id)
    toast('Die Probe ist vorgemerkt.', 'ok', 'Nova spielt die Sicherung in einen Wegwerf-Ordner ein und vergleicht.')
    await queries.invalidateQueries({ queryKey: ['jobs'] })
  }
  return (
    <Button size="sm" onClick={() => void prove().catch(toastFault)} aria-label={`Sicherung vom ${formatTime(snapshot.created_at)} prüfen`}>
      <ShieldCheck aria-hidden /> Prüfen
    </Button>
  )
}

/** Restoring replaces what this very page runs on, so it is done beside it. */
function HowToRestore({ folder, snapshot, onClose }: { folder: string; snapshot: Snapshot | null; onClose: () => void }) {
  const command = snapshot ? restoreCommand(folder, snapshot) : ''
  return (
    <Dialog open={snapshot !== null} onClose={onClose} title="Sicherung wiederherstellen" description="Dazu muss Nova angehalten sein. Führen Sie diesen Befehl auf dem Rechner aus, auf dem Nova läuft, und zwar im Ordner, in dem Sie nova up starten:">
      <p className="rounded-control border border-line bg-sunken p-3 font-mono text-xs [overflow-wrap:anywhere] select-all">{command}</p>
      {snapshot?.encrypted ? (
        <p className="text-sm text-muted">
          Setzen Sie für <code>SCHLÜSSELDATEI</code> die Datei mit Ihrem geheimen Schlüssel ein. Ist die Sicherung mit einem Kennwort verschlüsselt, schreiben Sie stattdessen <code>--passphrase-file KENNWORTDATEI</code>.
        </p>
      ) : null}
      <p className="text-sm text-muted">Der bisherige Datenordner wird beiseitegelegt, nicht gelöscht. Danach starten Sie Nova wieder mit <code>nova up</code>.</p>
      <div className="flex justify-end gap-2">
        <CopyButton label="Befehl kopieren" text={() => command} />
        <Button look="primary" onClick={onClose}>
          Fertig
        </Button>
      </div>
    </Dialog>
  )
}

function MakeDialog({ open, onClose, encrypted }: { open: boolean; onClose: () => void; encrypted: boolean }) {
  const queries = useQueryClient()
  const [index, setIndex] = useState(false)
  return (
    <Confirm
      open={open}
      onClose={onClose}
      title="Sicherung anlegen?"
      action="Anlegen"
      onConfirm={async () => {
        await makeSnapshot(index)
        toast('Die Sicherung ist vorgemerkt.', 'ok', 'Den Fortschritt sehen Sie unter Aufträge.')
        await queries.invalidateQueries({ queryKey: ['jobs'] })
      }}
    >
      <div className="grid gap-3">
        <p>
          Gesichert werden Datenbank, Dateien und Einstellungen, ohne Schlüssel und Kennwörter. {encrypted ? 'Die Datei wird verschlüsselt.' : 'Die Datei ist nicht verschlüsselt; bewahren Sie sie so sorgfältig auf wie die Dokumente selbst.'}
        </p>
        <CheckLine label="Suchindex mitsichern" hint="Größere Datei, schneller wiederhergestellt. Sonst entsteht der Index neu aus der Datenbank." checked={index} onChange={setIndex} />
      </div>
    </Confirm>
  )
}
