/** Files of readings and prices on their way; they are held until the list is cleared, to be sent again. */

import type { Upload } from '@/uploads/queue'
import { createUploads } from '@/uploads/sender'
import { readReport, type Report } from './report'

/** What the sender says of a file where it does not say it itself; empty: nothing. */
export interface Hints {
  meter: string
  zone: string
  clock: '' | 'UTC' | 'Europe/Berlin' | 'MEZ'
  unit: '' | 'kW' | 'kWh'
}

export const NO_HINTS: Hints = { meter: '', zone: '', clock: '', unit: '' }

interface Sent {
  job_id: string
  report: Record<string, unknown> | null
}

export type SeriesEnd = 'done' | 'refused' | 'known'
export type SeriesUpload = Upload<SeriesEnd, Report>

export const series = createUploads<Hints, Sent, SeriesEnd, Report>({
  path: '/data/import',
  prefix: 'messwerte',
  form: formFrom,
  accepted: (answer) => ({ jobId: answer.job_id, result: null, end: null }),
  finished: (job) => ended(readReport(job.result)),
  broken: 'Das Lesen der Datei ist gescheitert.',
  held: true,
})

/** How a file ended, by its report. */
export function ended(report: Report): { state: SeriesEnd; result: Report } {
  return { state: report.state === 'known' ? 'known' : report.accepted + report.corrected > 0 ? 'done' : 'refused', result: report }
}

/** What was said of a file. */
export function hintsOf(id: string): Hints {
  return series.optionsOf(id) ?? NO_HINTS
}

function formFrom(file: File, hints: Hints): FormData {
  const form = new FormData()
  form.set('file', file)
  for (const [name, value] of Object.entries(hints)) if (value) form.set(name, value)
  form.set('wait', '0')
  return form
}
