import { CalendarRange, ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { dayOf, midnight } from '@/lib/berlin'
import { formatAt, formatDayAt } from '@/lib/format'
import { Button, IconButton } from '@/ui/button'
import { Field, Input } from '@/ui/field'
import { Popover } from '@/ui/popover'
import { Segmented } from '@/ui/segmented'
import { readRangeSearch, shifted, type Range, type RangeSearch, type Span } from './range'

const LABELS: Record<Span, string> = { '24h': '24 h', '7t': '7 T', '30t': '30 T', '1j': '1 J' }

interface PickerProps {
  range: Range
  /** All three of the address are given, those that no longer hold as undefined. */
  onChange: (next: { zeitraum: Span | undefined; von: string | undefined; bis: string | undefined }) => void
  spans?: readonly Span[]
  /** Ranges that end in the future make no sense for what is shown. */
  now: number
}

/** One range for all cards of a page: usual spans up to now, days of one's choice, and a step back or on. */
export function RangePicker({ range, onChange, spans = ['24h', '7t', '30t', '1j'], now }: PickerProps) {
  const put = (next: RangeSearch): void => onChange({ zeitraum: next.zeitraum, von: next.von, bis: next.bis })
  return (
    <div role="group" aria-label="Zeitraum" className="flex flex-wrap items-center gap-1.5">
      <Segmented
        label="Zeitraum"
        value={range.span ?? ('' as Span)}
        onChange={(zeitraum) => put({ zeitraum })}
        options={spans.map((value) => ({ value, label: LABELS[value] }))}
      />
      <span className="inline-flex max-w-full items-center gap-1.5">
        <IconButton label="Zeitraum davor" size="icon-sm" onClick={() => put(shifted(range, -1))}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <Days range={range} onChange={put} now={now} />
        <IconButton label="Zeitraum danach" size="icon-sm" disabled={range.to >= now} onClick={() => put(shifted(range, 1))}>
          <ChevronRight aria-hidden />
        </IconButton>
      </span>
    </div>
  )
}

export function rangeText(range: { from: number; to: number }): string {
  if (midnight(range.from) === range.from && midnight(range.to) === range.to) {
    const [first, last] = [formatDayAt(range.from), formatDayAt(range.to - 1)]
    return first === last ? first : `${first} bis ${last}`
  }
  return `${formatAt(range.from)} bis ${formatAt(range.to)}`
}

function Days({ range, onChange, now }: { range: Range; onChange: (next: RangeSearch) => void; now: number }) {
  const [von, setVon] = useState('')
  const [bis, setBis] = useState('')
  const from = von || dayOf(range.from)
  const to = bis || dayOf(Math.min(range.to - 1, now))
  const chosen = readRangeSearch({ von: from, bis: to })
  const fault = chosen.von ? null : 'Das Ende liegt vor dem Beginn, oder es sind mehr als drei Jahre.'
  return (
    <Popover
      title="Tage wählen"
      trigger={
        <Button size="sm">
          <CalendarRange aria-hidden /> <span className="num">{range.span ? 'Tage wählen' : rangeText(range)}</span>
        </Button>
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <Field label="Von">{(ids) => <Input {...ids} type="date" value={from} max={dayOf(now)} onChange={(event) => setVon(event.target.value)} />}</Field>
        <Field label="Bis einschließlich">{(ids) => <Input {...ids} type="date" value={to} onChange={(event) => setBis(event.target.value)} />}</Field>
      </div>
      {fault ? (
        <p role="alert" className="text-xs text-bad">
          {fault}
        </p>
      ) : null}
      <Button
        look="primary"
        size="sm"
        disabled={fault !== null}
        onClick={() => {
          onChange(chosen)
          setVon('')
          setBis('')
        }}
      >
        Zeigen
      </Button>
    </Popover>
  )
}
