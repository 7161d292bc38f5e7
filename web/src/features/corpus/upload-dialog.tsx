import { useQueryClient } from '@tanstack/react-query'
import { Globe, Upload as UploadSign } from 'lucide-react'
import { useRef, useState, type FormEvent } from 'react'
import type { ItemKind } from '@/api/types'
import { ApiError } from '@/lib/http'
import { useSending } from '@/lib/use-sending'
import { cn } from '@/lib/cn'
import { formatBytes } from '@/lib/format'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { CheckLine, Field, Input } from '@/ui/field'
import { Segmented } from '@/ui/segmented'
import { FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { ingestUrl } from './api'
import { SortingFields, splitTags } from './sorting-fields'
import { addFiles } from './uploads'

interface UploadDialogProps {
  open: boolean
  onClose: () => void
  onOpenItem: (itemId: string) => void
  uploadBytes: number
  admin: boolean
}

export function UploadDialog({ open, onClose, onOpenItem, uploadBytes, admin }: UploadDialogProps) {
  const [way, setWay] = useState<'file' | 'url'>('file')
  const [kind, setKind] = useState<ItemKind>('document')
  const [tags, setTags] = useState('')
  return (
    <Dialog open={open} onClose={onClose} title="Dokumente aufnehmen" description={admin ? undefined : 'Was Sie hier aufnehmen, sehen nur Sie.'}>
      <Segmented
        label="Herkunft"
        value={way}
        onChange={setWay}
        options={[
          { value: 'file', label: 'Dateien', icon: <UploadSign aria-hidden /> },
          { value: 'url', label: 'Adresse im Netz', icon: <Globe aria-hidden /> },
        ]}
      />
      <SortingFields kind={kind} onKind={setKind} tags={tags} onTags={setTags} hint="Mit Komma getrennt, freiwillig." placeholder="Netz, Vertrag" />
      {way === 'file' ? (
        <FileWay kind={kind} tags={splitTags(tags)} uploadBytes={uploadBytes} onClose={onClose} />
      ) : (
        <UrlWay kind={kind} tags={splitTags(tags)} onClose={onClose} onOpenItem={onOpenItem} />
      )}
    </Dialog>
  )
}

function FileWay({ kind, tags, uploadBytes, onClose }: { kind: ItemKind; tags: string[]; uploadBytes: number; onClose: () => void }) {
  const queries = useQueryClient()
  const picker = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [replace, setReplace] = useState(false)
  const take = (list: FileList | null): void => {
    if (!list || list.length === 0) return
    addFiles([...list], { kind, tags, replace, onChange: () => void queries.invalidateQueries({ queryKey: ['items'] }) })
    onClose()
  }
  return (
    <div className="grid gap-3">
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          event.stopPropagation()
          setOver(false)
          take(event.dataTransfer.files)
        }}
        className={cn('grid justify-items-center gap-3 rounded-card border-2 border-dashed px-6 py-9 text-center transition-colors', over ? 'border-brand bg-brand-soft' : 'border-field')}
      >
        <UploadSign className="size-7 text-brand" aria-hidden />
        <div>
          <p className="text-sm font-medium">Dateien hierher ziehen</p>
          <p className="text-xs text-muted">PDF, Word, PowerPoint, Excel, HTML, Markdown, Text · je bis {formatBytes(uploadBytes)}</p>
        </div>
        <Button look="primary" onClick={() => picker.current?.click()}>
          Dateien auswählen
        </Button>
        <input ref={picker} type="file" multiple hidden aria-label="Dateien auswählen" data-testid="file-input" onChange={(event) => take(event.target.files)} />
      </div>
      <CheckLine
        label="Gleicher Dateiname ist eine neue Fassung"
        hint="Die alte Fassung bleibt für Fragen zu einem früheren Stand erhalten."
        checked={replace}
        onChange={setReplace}
      />
    </div>
  )
}

function UrlWay({ kind, tags, onClose, onOpenItem }: { kind: ItemKind; tags: string[]; onClose: () => void; onOpenItem: (itemId: string) => void }) {
  const queries = useQueryClient()
  const [url, setUrl] = useState('')
  const { busy, fault, send } = useSending()
  const fetchIt = async (): Promise<void> => {
    await ingestUrl(url.trim(), kind, tags)
    toast('Die Adresse ist in Arbeit.', 'ok', 'Der Auftrag steht unter Betrieb, das Dokument gleich in der Liste.')
    onClose()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void send(fetchIt).then(() => queries.invalidateQueries({ queryKey: ['items'] }))
  }
  const known = fault instanceof ApiError && fault.code === 'duplicate' ? String(fault.facts.item_id ?? '') : ''
  return (
    <form onSubmit={submit} className="grid gap-3">
      <Field label="Adresse" hint="Nur öffentliche Adressen; interne Netze sind gesperrt.">
        {(ids) => <Input {...ids} type="url" required value={url} onChange={(event) => setUrl(event.target.value)} placeholder="https://www.gesetze-im-internet.de/…" />}
      </Field>
      <FaultLine error={fault} />
      {known ? (
        <Button look="link" className="justify-self-start" onClick={() => (onClose(), onOpenItem(known))}>
          Zum vorhandenen Dokument
        </Button>
      ) : null}
      <Button type="submit" look="primary" busy={busy} className="justify-self-end">
        Aufnehmen
      </Button>
    </form>
  )
}
