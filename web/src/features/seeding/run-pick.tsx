import type { SeedRun } from '@/api/types'
import { formatTime } from '@/lib/format'
import { Field, Select } from '@/ui/field'
import { runState } from './words'

/** Which run is shown; the latest stands first. */
export function RunPick({ runs, run, onRun }: { runs: SeedRun[]; run: SeedRun | undefined; onRun: (runId: string | undefined) => void }) {
  return (
    <Field label="Lauf" className="min-w-0">
      {(ids) => (
        <Select {...ids} className="max-w-full" value={run?.run_id ?? ''} onChange={(event) => onRun(event.target.value === runs[0]?.run_id ? undefined : event.target.value)}>
          {runs.map((one) => (
            <option key={one.run_id} value={one.run_id}>
              {formatTime(one.started_at)}, {runState(one.state).label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
