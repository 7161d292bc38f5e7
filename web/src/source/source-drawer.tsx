import { ChevronLeft, ChevronRight, ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { SourceSection } from '@/api/types'
import { cn } from '@/lib/cn'
import { formatScore } from '@/lib/format'
import { sliceChars } from '@/lib/text'
import { useWide } from '@/lib/wide'
import { Button, buttonLook } from '@/ui/button'
import { Drawer } from '@/ui/dialog'
import { Segmented } from '@/ui/segmented'
import { Fault, Skeleton } from '@/ui/states'
import { originalFile, pageOf, useMarks, useSourceText, windowAround, type Place, type Span } from './api'
import { PageView } from './page-view'
import { PassageText } from './passage-text'
import { neighbours, sectionName, visible } from './sections'

/** The original beside the answer: open at the cited passage, with its section around it. */
export function SourceDrawer({ place, onClose }: { place: Place | null; onClose: () => void }) {
  const wide = useWide()
  const [last, setLast] = useState(place)
  if (place && place !== last) setLast(place)
  const shown = place ?? last
  return (
    <Drawer
      open={place !== null}
      onClose={onClose}
      modal={!wide}
      className={wide ? 'w-[540px]' : undefined}
      title={shown?.title ?? 'Quelle'}
      description={shown ? <Summary place={shown} /> : null}
      footer={shown ? <Footer place={shown} /> : null}
    >
      {shown ? <Body key={`${shown.itemId}/${shown.version}/${shown.start}`} place={shown} /> : null}
    </Drawer>
  )
}

function Summary({ place }: { place: Place }) {
  const facts = [place.section, place.page === null ? '' : `Seite ${place.page}`, place.score === null ? '' : formatScore(place.score)]
  return <span className="num">{facts.filter(Boolean).join(' · ')}</span>
}

function Footer({ place }: { place: Place }) {
  return (
    <>
      <span className="num text-xs text-muted">Fassung {place.version}</span>
      <a href={originalFile(place.itemId, place.version)} target="_blank" rel="noreferrer" className={cn(buttonLook({ size: 'sm' }))}>
        <ExternalLink aria-hidden /> Originaldatei
      </a>
    </>
  )
}

type View = 'page' | 'text'

function Body({ place }: { place: Place }) {
  const mark = { start: place.start, end: place.end }
  const marks = useMarks(place.itemId, place.version, place.page, mark)
  const [chosen, setChosen] = useState<View | null>(null)
  const [page, setPage] = useState(place.page)
  if (place.page !== null && marks.isPending) return <Loading />
  const drawn = marks.data !== undefined
  const view: View = chosen ?? (drawn ? 'page' : 'text')
  return (
    <div className="grid gap-4">
      {drawn ? (
        <Segmented
          label="Darstellung der Quelle"
          value={view}
          onChange={setChosen}
          options={[
            { value: 'page', label: 'Seite' },
            { value: 'text', label: 'Text' },
          ]}
        />
      ) : null}
      {view === 'page' && page !== null ? (
        <PageView itemId={place.itemId} version={place.version} page={page} cited={place.page} mark={mark} onPage={setPage} lastPage={null} />
      ) : (
        <SectionView place={place} />
      )}
    </div>
  )
}

function Loading() {
  return (
    <div role="status" aria-label="Quelle wird geladen" className="grid gap-2.5">
      {[100, 92, 96, 70, 98, 88, 60].map((width) => (
        <Skeleton key={width} className="h-4" />
      ))}
    </div>
  )
}

/** Where the section stands in the document, without what the drawer's title says already. */
function Trail({ section, title }: { section: SourceSection; title: string }) {
  const parts = section.path.filter((part) => part !== title)
  return <p className="text-xs text-muted">{(parts.length > 0 ? parts : [sectionName(section)]).join(' › ')}</p>
}

function SectionView({ place }: { place: Place }) {
  const [focus, setFocus] = useState<Span>({ start: place.start, end: place.end })
  const span = windowAround(focus)
  const source = useSourceText(place.itemId, place.version, span)
  if (source.isPending) return <Loading />
  if (source.isError) return <Fault error={source.error} onRetry={() => void source.refetch()} />
  const got = source.data
  const around = neighbours(got.sections, focus.start)
  const part = visible(around.here, got, focus)
  const text = sliceChars(got.text, part.start - got.start, part.end - got.start)
  const page = pageOf(got.pages, part.start)
  const go = (to: Span | null) => (): void => (to ? setFocus({ start: to.start, end: Math.min(to.end, to.start + 12_000) }) : undefined)
  return (
    <div className={cn('grid gap-4 transition-opacity', source.isPlaceholderData && 'opacity-50')}>
      <div className="grid gap-0.5">
        {around.here ? <Trail section={around.here} title={place.title} /> : null}
        {page === null ? null : <p className="num text-xs text-muted">ab Seite {page}</p>}
      </div>
      <article className="border-l-2 border-gold pl-4">
        {part.start > (around.here?.start ?? 0) ? <p className="text-muted">…</p> : null}
        <PassageText text={text} offset={part.start} mark={{ start: place.start, end: place.end }} titles={new Set(got.sections.map((section) => section.title))} />
        {part.end < (around.here?.end ?? got.total) ? <p className="text-muted">…</p> : null}
      </article>
      <nav aria-label="Abschnitte" className="flex justify-between gap-2">
        <Button size="sm" disabled={!around.before} onClick={go(around.before)}>
          <ChevronLeft aria-hidden /> Voriger Abschnitt
        </Button>
        <Button size="sm" disabled={!around.after} onClick={go(around.after)}>
          Nächster Abschnitt <ChevronRight aria-hidden />
        </Button>
      </nav>
    </div>
  )
}
