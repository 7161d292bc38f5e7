import { Check, FileText } from 'lucide-react'
import { useState } from 'react'
import type { NearSection } from '@/api/types'
import { useMay } from '@/lib/may'
import { useSending } from '@/lib/use-sending'
import { SourceDrawer, type Place } from '@/source'
import { Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { SearchField } from '@/ui/field'
import { Section } from '@/ui/page'
import { FaultLine, SkeletonRows } from '@/ui/states'
import { toast, toastFault } from '@/ui/toast'
import { takeStep, useRenewGaps, useSections, type About } from './gaps-api'
import { placeName } from './step-words'

/** The sections that may answer, so that somebody can say which does; `named` is the one that was said to. */
export function Places({ about, named }: { about: About; named: string | null }) {
  const [words, setWords] = useState('')
  const [shown, setShown] = useState<NearSection | null>(null)
  const found = useSections(about, words)
  const sections = found.data?.sections ?? []
  return (
    <Section title="Steht es doch irgendwo?">
      <p className="text-xs text-muted">Diese Stellen lagen am nächsten. Beantwortet eine davon die Frage, sagen Sie es: Dann fehlt kein Dokument, sondern ein Wort.</p>
      <SearchField label="Stellen suchen" placeholder="Mit eigenen Wörtern suchen" value={words} onChange={setWords} />
      {!found.data ? (
        found.isError ? <FaultLine error={found.error} /> : <SkeletonRows rows={3} />
      ) : sections.length === 0 ? (
        <p className="text-sm text-muted">Nichts, was dem nahe kommt.</p>
      ) : (
        <ul className="card divide-y divide-line" aria-label="Nächste Stellen">
          {sections.map((one) => (
            <Row key={one.section_id} about={about} section={one} near={one.nearly && !words.trim()} named={named !== null && placeName(one) === named} onShow={() => setShown(one)} />
          ))}
        </ul>
      )}
      <SourceDrawer place={shown ? placeOf(shown) : null} onClose={() => setShown(null)} />
    </Section>
  )
}

function placeOf(one: NearSection): Place {
  return { itemId: one.item_id, version: one.version, title: one.title, section: one.section, page: null, start: one.start, end: one.end, score: null, chunkId: null }
}

function Row({ about, section, near, named, onShow }: { about: About; section: NearSection; near: boolean; named: boolean; onShow: () => void }) {
  const may = useMay()
  const renew = useRenewGaps()
  const { busy, send } = useSending(toastFault)
  const name = async (): Promise<void> => {
    await takeStep(about, { what: 'place', section_id: section.section_id })
    toast('Gemerkt: Das Dokument ist da', 'ok', 'Ergänzen Sie jetzt die Wörter, unter denen es gefunden wird.')
    await renew()
  }
  return (
    <li className="grid gap-1.5 px-4 py-3">
      <span className="flex flex-wrap items-center gap-1.5 text-sm font-medium [overflow-wrap:anywhere]">
        {placeName(section)}
        {near ? <Tag>fast gewählt</Tag> : null}
      </span>
      <p className="line-clamp-3 text-xs text-muted [overflow-wrap:anywhere]">{section.excerpt}</p>
      {section.missing.length > 0 ? <p className="text-xs">Steht dort nicht: „{section.missing.join('“, „')}“</p> : null}
      <span className="flex flex-wrap gap-1.5">
        {may('review') ? (
          <Button size="sm" busy={busy} disabled={named} onClick={() => void send(name)}>
            <Check aria-hidden /> {named ? 'Als richtige Stelle genannt' : 'Das ist die Antwort'}
          </Button>
        ) : null}
        <Button size="sm" look="ghost" onClick={onShow}>
          <FileText aria-hidden /> Lesen
        </Button>
      </span>
    </li>
  )
}
