import { expect, it } from 'vitest'
import type { Health, Job } from '@/api/types'
import { health, jobs } from '../../../tools/mock/data.mjs'
import { runningFirst } from './job-list'
import { worstFirst } from './services'

it('puts broken services first and absent ones last', () => {
  const checks: Health['checks'] = [{ name: 'disk', status: 'degraded', detail: 'nur noch 1 GB frei' }]
  const names = worstFirst({ ...(health as Health), checks }).map(([name]) => name)
  expect(names[0]).toBe('qdrant')
  expect(names.slice(1, 3).toSorted()).toEqual(['disk', 'jobs'])
  expect(names.at(-1)).toBe('ollama')
})

it('puts running jobs first, then waiting ones, then the newest', () => {
  const mixed = (jobs as unknown as Job[]).toReversed()
  expect(runningFirst(mixed).map((job) => job.state)).toEqual(['running', 'queued', 'failed', 'done', 'done'])
})
