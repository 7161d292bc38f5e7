/** The rules in force with where they stand, and their names for people. */

import type { KpiData } from '@/api/types'
import { useFigures } from './api'
import { useAlerts, useThresholds } from './alerts/alerts-api'
import { segmentName } from './figures/figure-words'
import { watchesOf, type Watch } from './alerts/margin'

export interface Watches {
  watches: Watch[]
  /** Why no rule holds. */
  problem: string | null
  pending: boolean
  error: unknown
}

export function useWatches(): Watches {
  const rules = useThresholds()
  const alerts = useAlerts()
  const error = (rules.data ? null : rules.error) ?? (alerts.data ? null : alerts.error)
  return { watches: watchesOf(rules.data?.rules ?? [], alerts.data?.alerts ?? []), problem: rules.data?.problem ?? null, pending: !error && !(rules.data && alerts.data), error }
}

/** A rule as people know it: its figure, and the part that it watches; its own name where it is gone and nothing else is known. */
export function useRuleTitle(): (rule: string, kpi?: unknown) => string {
  const rules = useThresholds().data?.rules ?? []
  const shape = useShape()
  return (rule, kpi) => {
    const known = rules.find(({ name }) => name === rule)
    if (known) return ruleTitle(known)
    return (typeof kpi === 'string' ? shape(kpi)?.title : undefined) ?? rule
  }
}

export function ruleTitle({ title, segment }: { title: string; segment: string }): string {
  return segment ? `${title} (${segmentName(segment)})` : title
}

/** A figure's unit, digits and title, whatever was measured. */
export function useShape(): (kpi: string) => KpiData | undefined {
  const figures = useFigures(7).data?.kpis ?? []
  return (kpi) => figures.find(({ name }) => name === kpi)
}
