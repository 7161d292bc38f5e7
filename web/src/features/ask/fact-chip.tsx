import { PreviewCard } from '@base-ui/react/preview-card'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { Fact } from '@/api/types'
import { formatCount, formatTime } from '@/lib/format'
import { Button, buttonLook } from '@/ui/button'
import { placeOf } from './facts'
import { factMark } from './turns'

const FactDialog = lazy(() => import('./fact-dialog'))

interface FactProps {
  facts: Fact[]
  id: string
  wide?: boolean
}

const SMALL =
  'num mx-0.5 inline-flex h-5 min-w-5 items-center justify-center rounded-md bg-gold-soft px-1 align-[1px] text-2xs font-semibold text-ink hover:outline hover:outline-gold'
const WIDE = 'num inline-flex min-h-7 max-w-full items-center gap-1.5 rounded-full border border-line px-2.5 text-left text-xs font-medium hover:border-gold'

/** The number that data gave: hover or focus shows how it was found, a click opens the data behind it. */
export function FactChip({ facts, id, wide = false }: FactProps) {
  const [opened, setOpened] = useState(false)
  const fact = facts.find((one) => one.fact_id === id)
  const mark = factMark(facts, id)
  if (!fact || !mark) return null
  const open = (): void => setOpened(true)
  return (
    <>
      <PreviewCard.Root>
        <PreviewCard.Trigger
          delay={180}
          closeDelay={120}
          render={<button type="button" onClick={open} />}
          aria-label={`Angabe ${mark.slice(1)}: ${fact.label}, ${fact.text}`}
          aria-haspopup="dialog"
          data-fact={mark}
          className={wide ? WIDE : SMALL}
        >
          {mark}
          {wide ? (
            <span className="truncate font-normal text-ink">
              {fact.label} · {fact.text}
            </span>
          ) : null}
        </PreviewCard.Trigger>
        <PreviewCard.Portal>
          <PreviewCard.Positioner sideOffset={8} collisionPadding={12} className="z-50">
            <PreviewCard.Popup className="card grid w-[min(360px,calc(100vw-24px))] gap-2 p-4 shadow-[0_16px_40px_-20px_rgb(0_0_0/0.45)]" data-testid="fact-card">
              <CardBody fact={fact} onOpen={open} />
            </PreviewCard.Popup>
          </PreviewCard.Positioner>
        </PreviewCard.Portal>
      </PreviewCard.Root>
      {opened ? (
        <Suspense fallback={null}>
          <FactDialog fact={fact} onClose={() => setOpened(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

function CardBody({ fact, onOpen }: { fact: Fact; onOpen: () => void }) {
  const from = moment(fact.query.from)
  const to = moment(fact.query.to)
  const place = placeOf(fact)
  return (
    <>
      <p className="text-sm font-semibold">{fact.label}</p>
      <p className="num text-lg font-semibold">{fact.text}</p>
      {from && to ? (
        <p className="num text-xs text-muted">
          {from} bis {to}
        </p>
      ) : null}
      <p className="num text-2xs text-muted">Berechnet aus {formatCount(fact.rows)} Werten der Datenbank.</p>
      <p className="flex flex-wrap gap-2 pt-1">
        <Button size="sm" onClick={onOpen}>
          Daten öffnen
        </Button>
        {place ? (
          <Link {...place} className={buttonLook({ look: 'ghost', size: 'sm' })}>
            {place.to === '/energie' ? 'In Energie zeigen' : 'Im Markt zeigen'}
          </Link>
        ) : null}
      </p>
    </>
  )
}

function moment(value: unknown): string {
  return typeof value === 'string' ? formatTime(value) : ''
}
