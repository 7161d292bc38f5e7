/** Points of a run in, what is drawn and said of them out. */

import type { TrainPoint } from '@/api/types'

type Key = 'loss' | 'held_loss'

const NICE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]

/** Where the axis ends: a round number above everything. */
export function axisTop(points: TrainPoint[]): number {
  const most = Math.max(0, ...points.flatMap(({ loss, held_loss }) => [loss ?? 0, held_loss ?? 0]))
  if (most === 0) return 1
  const unit = 10 ** Math.floor(Math.log10(most))
  return (NICE.find((step) => step * unit >= most) ?? 10) * unit
}

const at = (value: number): number => Math.round(value * 100) / 100

/** A line through the known points, in a square of 100, its beginning at the lower left. */
export function trace(points: TrainPoint[], key: Key, to: number, top: number): string {
  const known = points.filter((point) => point[key] !== null)
  return known.map((point, index) => `${index === 0 ? 'M' : 'L'}${at((point.step / to) * 100)} ${at(100 - ((point[key] ?? 0) / top) * 100)}`).join(' ')
}

/** So many points at most: the last, those at which the held data were asked, and of the others every so many. */
export function thinned(points: TrainPoint[], most: number): TrainPoint[] {
  const every = Math.ceil(points.length / most)
  return points.filter((point, index) => index % every === 0 || index === points.length - 1 || (point.held_loss !== null && points.length <= most * 10))
}

/** Seconds that the steps to come take, as the last ones did; null where that is not known. After a pause the clock begins anew. */
export function remaining(points: TrainPoint[], steps: number): number | null {
  const begun = points.findLastIndex((point, index) => point.seconds < (points[index - 1]?.seconds ?? 0))
  const since = points.slice(Math.max(0, begun)).slice(-20)
  const [before, last] = [since[0], since.at(-1)]
  if (!last || !before || last.step <= before.step || steps <= last.step) return null
  return ((last.seconds - before.seconds) / (last.step - before.step)) * (steps - last.step)
}
