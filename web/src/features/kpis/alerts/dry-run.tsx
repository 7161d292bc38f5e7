import type { Evaluation } from '@/api/types'
import { formatTime, plural } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Drawer } from '@/ui/dialog'
import { remarkOf, ruleState } from './alert-words'
import { endText, foundText, limitsText, spanText } from './margin'
import { ruleTitle, useShape } from '../use-watches'

/** What an evaluation would find and do now; nothing was changed. */
export function DryRun({ found, onClose }: { found: Evaluation | null; onClose: () => void }) {
  const shape = useShape()
  return (
    <Drawer open={found !== null} onClose={onClose} title="Probelauf" description={found ? `Stand ${formatTime(found.at)}. Es wurde nichts geändert und niemand benachrichtigt.` : null}>
      <ol className="grid gap-4">
        {found?.rules.map((rule) => {
          const kpi = shape(rule.kpi)
          const [before, after] = [ruleState(rule.before), ruleState(rule.after)]
          return (
            <li key={rule.rule} className="grid gap-1.5 border-b border-line pb-4 last:border-0">
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                {ruleTitle(rule)} <Badge shade={after.shade}>{after.label}</Badge>
              </p>
              <p className="num text-sm">
                {kpi ? foundText(rule, kpi) : rule.value_text}. {remarkOf(rule)}
              </p>
              <dl className="num grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs text-muted">
                <dt>Fenster</dt>
                <dd>
                  {spanText(rule)}; nötig: {plural(rule.least, 'Fall', 'Fälle')}
                </dd>
                <dt>Schwelle</dt>
                <dd>{kpi ? `${limitsText(rule, kpi)}; ${endText(rule, kpi)}` : rule.threshold_text}</dd>
                <dt>Zustand</dt>
                <dd>
                  {rule.before === rule.after ? `unverändert ${after.label}` : `${before.label} → ${after.label}`}
                </dd>
                <dt>Folge</dt>
                <dd>{rule.action}</dd>
              </dl>
            </li>
          )
        })}
      </ol>
    </Drawer>
  )
}
