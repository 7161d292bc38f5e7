import type { Backtest } from '@/api/types'
import { formatCount, formatDay, formatTime, plural } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Section } from '@/ui/page'
import { useRuleTitle } from '../use-watches'

const SHOWN = 8

/** How often each rule would have fired, when, and for how long. */
export function BacktestResult({ found }: { found: Backtest }) {
  const title = useRuleTitle()
  return (
    <Section title={`Rückrechnung ${formatDay(found.since)} bis ${formatDay(found.until)}`}>
      <ul className="card divide-y divide-line">
        {found.rules.map((rule) => (
          <li key={rule.rule} className="grid gap-1.5 px-4 py-3 text-sm">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{title(rule.rule, rule.kpi)}</span>
              <code className="text-xs text-muted">{rule.rule}</code>
              <Verdict rule={rule} />
              {rule.blind > 0 ? <span className="num text-xs text-muted">{formatCount(rule.blind)} von {plural(rule.evaluations, 'Bewertung', 'Bewertungen')} ohne genug Daten</span> : null}
            </p>
            {rule.firings.length > 0 ? (
              <ul className="num grid gap-0.5 text-xs">
                {rule.firings.slice(0, SHOWN).map((firing) => (
                  <li key={firing.started}>
                    {formatTime(firing.started)} {firing.ended ? `bis ${formatTime(firing.ended)}` : 'bis heute'} ({plural(Math.round(firing.hours), 'Stunde', 'Stunden')}, {firing.worst === 'critical' ? 'kritisch' : 'Warnung'})
                  </li>
                ))}
                {rule.firings.length > SHOWN ? <li className="text-muted">und {plural(rule.firings.length - SHOWN, 'weiteres Mal', 'weitere Male')}</li> : null}
              </ul>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** A rule that never had enough to go by would not have been silent, but blind. */
function Verdict({ rule }: { rule: Backtest['rules'][number] }) {
  if (rule.fired === 0 && rule.blind === rule.evaluations) return <Badge>hätte nie genug Daten gehabt</Badge>
  return <Badge shade={rule.critical > 0 ? 'bad' : rule.fired > 0 ? 'warn' : 'ok'}>{rule.fired === 0 ? 'hätte nie ausgelöst' : `hätte ${rule.fired}x ausgelöst${rule.critical > 0 && rule.fired > 1 ? `, davon ${rule.critical}x kritisch` : ''}`}</Badge>
}
