import { clockOf, midnight } from '@/lib/berlin'
import { rangeText, stretchOf, usePriceFigures, type Range } from '@/series'
import type { PriceFigures } from '@/api/types'
import { Kpi, KpiRow } from '@/ui/kpi'
import { Segmented } from '@/ui/segmented'
import { formatCount, formatShare, NONE } from '@/lib/format'
import type { Days } from './days'
import type { SearchChange } from './search'
import { asked, type Choice } from './products'
import { numberOf, type Unit } from './unit'
import { spanText } from './words'

/** What the API reckons with at most. */
const MOST = 400 * 86_400

interface FiguresProps {
  choice: Choice
  days: Days
  day: PriceFigures | null
  now: number
  range: Range
  unit: Unit
  tomorrow: boolean
  onSearch: (next: SearchChange) => void
}

/** The numbers of a day, and two of the range that the history shows. */
export function Figures({ choice, days, day, now, range, unit, tomorrow, onSearch }: FiguresProps) {
  const whole = { from: midnight(range.from), to: midnight(range.to - 1, 1) }
  const all = usePriceFigures(whole, choice.fine ? asked(choice.fine) : {}, 3, choice.fine !== null && whole.to - whole.from <= MOST)
  const loading = !days.today && !days.prices && !days.error
  const number = (value: number | null | undefined): string => numberOf(value, unit)
  const below = all.data ?? null
  const cheap = stretchOf(day?.cheapest_hour)
  const dear = stretchOf(day?.dearest_hour)
  const weekend = day !== null && [0, 6].includes(clockOf(day.start).getUTCDay())
  const when = tomorrow ? 'morgen' : 'heute'
  return (
    <div className="grid gap-3">
      {days.tomorrow ? (
        <Segmented
          label="Kennzahlen von"
          value={tomorrow ? 'morgen' : 'heute'}
          onChange={(tag) => onSearch({ tag: tag === 'morgen' ? 'morgen' : undefined })}
          options={[
            { value: 'heute', label: 'Heute' },
            { value: 'morgen', label: 'Morgen' },
          ]}
        />
      ) : null}
      <KpiRow label={`Kennzahlen ${when}`}>
        <Kpi
          label="Jetzt"
          loading={loading}
          value={number(days.price)}
          unit={unit.name}
          note={sign(days.price) ?? (days.series && days.price !== null ? `bis ${end(now, days.series.resolution)}` : 'kein Preis bekannt')}
          help={<p>Der Börsenpreis des laufenden Intervalls, ohne Netzentgelte, Abgaben und Steuern. Unter 0 heißt: Wer an der Börse abnimmt, bekommt Geld dafür.</p>}
        />
        <Kpi
          label={`Tagesmittel ${when} (BASE)`}
          loading={loading}
          value={number(day?.whole ? day.base : null)}
          unit={unit.name}
          note={sign(day?.base ?? null) ?? (day?.whole ? '' : 'der Tag ist nicht vollständig bekannt')}
          help={<p>Das Mittel aller Stunden des Tages von 0 bis 24 Uhr. An Tagen der Zeitumstellung sind es 23 oder 25 Stunden. Fehlt eine Stunde, steht hier nichts.</p>}
        />
        <Kpi
          label={`Spitzenzeit ${when} (PEAK)`}
          loading={loading}
          value={number(day?.whole ? day.peak : null)}
          unit={unit.name}
          note={weekend ? 'am Wochenende gibt es kein PEAK' : (sign(day?.peak ?? null) ?? '8 bis 20 Uhr')}
          help={<p>Das Mittel der zwölf Stunden von 8 bis 20 Uhr, montags bis freitags. Samstage und Sonntage haben kein PEAK.</p>}
        />
        <Kpi
          label={`Spanne ${when}`}
          loading={loading}
          value={number(day?.spread)}
          unit={unit.name}
          note="teuerste minus günstigste Stunde"
          help={<p>Der Abstand zwischen der teuersten und der günstigsten Stunde des Tages. Je größer er ist, desto mehr bringt es, Verbrauch zu verschieben.</p>}
        />
        <Kpi
          label={`Günstigste Stunde ${when}`}
          loading={loading}
          value={number(cheap?.mean)}
          unit={unit.name}
          note={cheap ? [spanText(cheap), sign(cheap.mean)].filter(Boolean).join(', ') : ''}
          help={<p>Die sechzig Minuten mit dem niedrigsten Mittel; sie können mit jeder Viertelstunde beginnen, von gleichen gelten die früheren.</p>}
        />
        <Kpi
          label={`Teuerste Stunde ${when}`}
          mark
          loading={loading}
          value={number(dear?.mean)}
          unit={unit.name}
          note={dear ? spanText(dear) : ''}
          help={<p>Die sechzig Minuten mit dem höchsten Mittel. Was sich verschieben lässt, sollte nicht in ihr laufen.</p>}
        />
        <Kpi
          label="Stunden unter 0 im Zeitraum"
          loading={all.isLoading}
          value={below && below.known_h > 0 ? formatCount(below.negative_h) : NONE}
          {...(below && below.known_h > 0 ? { unit: 'h' } : {})}
          note={below ? (below.known_h > 0 ? `${formatShare(below.negative_h / below.known_h)} von ${below.known_h.toLocaleString('de-DE')} bekannten` : 'nichts bekannt') : ''}
          help={<p>Wie viele Stunden lang der Preis unter null lag, im Zeitraum des Rückblicks: {rangeText(whole)}.</p>}
        />
        <Kpi
          label="Mittel im Zeitraum"
          loading={all.isLoading}
          value={number(all.data?.base)}
          unit={unit.name}
          note={rangeText(whole)}
          help={<p>Das Mittel aller bekannten Preise im Zeitraum des Rückblicks. Es gewichtet jede Stunde gleich, nicht nach Verbrauch.</p>}
        />
      </KpiRow>
    </div>
  )
}

function sign(value: number | null): string | null {
  return value !== null && value < 0 ? 'unter 0' : null
}

function end(now: number, seconds: number): string {
  return spanText({ from: now, to: (Math.floor(now / seconds) + 1) * seconds }).split(' bis ')[1] ?? ''
}
