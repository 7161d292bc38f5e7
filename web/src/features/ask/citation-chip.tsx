import { PreviewCard } from '@base-ui/react/preview-card'
import type { Citation } from '@/api/types'
import { formatScore } from '@/lib/format'
import { frontTitle } from '@/lib/titles'
import { PassageText } from '@/source'
import { sourceName } from './turns'

interface ChipProps {
  citation: Citation
  onOpen: (citation: Citation) => void
  wide?: boolean
}

const SMALL =
  'num mx-0.5 inline-flex h-5 min-w-5 items-center justify-center rounded-md bg-brand-soft px-1 align-[1px] text-2xs font-semibold text-brand no-underline hover:bg-brand hover:text-on-brand'
const WIDE =
  'num inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-full border border-line px-2.5 text-left text-xs font-medium text-brand hover:border-brand hover:bg-brand-soft'

/** The number of a source: hover or focus shows the passage, a click opens it. */
export function CitationChip({ citation, onOpen, wide = false }: ChipProps) {
  const name = sourceName(citation)
  return (
    <PreviewCard.Root>
      <PreviewCard.Trigger
        delay={180}
        closeDelay={120}
        render={<button type="button" onClick={() => onOpen(citation)} />}
        aria-label={`Quelle ${citation.number}: ${name}`}
        data-citation={citation.number}
        className={wide ? WIDE : SMALL}
      >
        {citation.number}
        {wide ? <span className="truncate font-normal text-ink">{name}</span> : null}
      </PreviewCard.Trigger>
      <PreviewCard.Portal>
        <PreviewCard.Positioner sideOffset={8} collisionPadding={12} className="z-50">
          <PreviewCard.Popup
            className="card grid w-[min(400px,calc(100vw-24px))] gap-2 p-4 shadow-[0_16px_40px_-20px_rgb(0_0_0/0.45)] transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
            data-testid="citation-card"
          >
            <CardBody citation={citation} />
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  )
}

function CardBody({ citation }: { citation: Citation }) {
  const facts = [citation.section, citation.page === null ? '' : `Seite ${citation.page}`, formatScore(citation.score)]
  return (
    <>
      <div>
        <p className="text-sm font-semibold">{frontTitle(citation.title)}</p>
        <p className="num text-xs text-muted">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <blockquote className="max-h-44 overflow-hidden border-l-2 border-gold pl-3 [mask-image:linear-gradient(#000_8.5rem,transparent_11rem)]">
        <PassageText text={citation.quote} offset={citation.start} mark={null} />
      </blockquote>
      <p className="text-2xs text-muted">Klick öffnet die Fundstelle im Original.</p>
    </>
  )
}
