import type { Evaluation } from '@/api/types'
import { formatTime } from '@/lib/format'
import { Badge } from '@/ui/badge'
import { Drawer } from '@/ui/dialog'
import { ruleState } from './alert-words'

/** What an evaluation would find and do now; nothing was changed. */
export function DryRun({ found, onClose }: { found: Evaluation | null; onClose: () => void }) {
  return (
    <Drawer open={found !== null} onClose={onClose} title="Probelauf" description={found ? `Stand ${formatTime(found.at)}. Es wurde nichts geändert und niemand benachrichtigt.` : null}>
      <ol className="grid gap-4">
        {found?.rules.map((rule) => {
          const [before, after] = [ruleState(rule.before), ruleState(rule.after)]
          return (
            <li key={rule.rule} className="grid gap-1.5 border-b border-line pb-4 last:border-0">
              <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
                {rule.title} <Badge shade={after.shade}>{after.label}</Badge>
              </p>
              <p className="num text-sm">{rule.sentence}</p>
              <dl className="num grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs text-muted">
                <dt>Fenster</dt>
                <dd>
                  {rule.window}, n = {rule.n} (nötig {rule.least})
                </dd>
                <dt>Schwelle</dt>
                <dd>{rule.threshold_text}</dd>
                <dt>Zustand</dt>
                <dd>
                  {before.label} → {after.label}
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
