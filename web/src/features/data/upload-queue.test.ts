import { describe, expect, it } from 'vitest'
import { nextToSend } from '@/lib/send-form'
import { readReport } from './report'
import { applyUpload, type Upload, type UploadEvent } from './upload-queue'

const added: UploadEvent = { type: 'added', uploads: ['a', 'b', 'c'].map((id) => ({ id, name: `${id}.csv`, bytes: 10 })) }
const run = (...events: UploadEvent[]): Upload[] => events.reduce<Upload[]>(applyUpload, [])
const state = (uploads: Upload[], id: string): string | undefined => uploads.find((upload) => upload.id === id)?.state
const reported = (raw: Record<string, unknown>): UploadEvent => ({ type: 'reported', id: 'a', report: readReport(raw) })

describe('files on their way', () => {
  it('end as their report says', () => {
    const working = run(added, { type: 'sending', id: 'a' }, { type: 'accepted', id: 'a', jobId: 'j' })
    expect(state(working, 'a')).toBe('working')
    expect(state(applyUpload(working, reported({ state: 'done', accepted: 3 })), 'a')).toBe('done')
    expect(state(applyUpload(working, reported({ state: 'refused', refused: 3 })), 'a')).toBe('refused')
    expect(state(applyUpload(working, reported({ state: 'known', accepted: 3 })), 'a')).toBe('known')
  })

  it('go in turn, and again when they failed', () => {
    const failed = run(added, { type: 'sending', id: 'a' }, { type: 'sending', id: 'b' }, { type: 'failed', id: 'a', message: 'weg', traceId: 't' })
    expect(nextToSend(failed, 2).map((one) => one.id)).toEqual(['c'])
    expect(nextToSend(applyUpload(failed, { type: 'again', id: 'a' }), 2).map((one) => one.id)).toEqual(['a'])
    expect(state(applyUpload(failed, { type: 'again', id: 'b' }), 'b')).toBe('sending')
  })

  it('are not revived by late news, and go when the list is cleared', () => {
    const over = run(added, { type: 'cancelled', id: 'a' }, { type: 'accepted', id: 'a', jobId: 'j' }, reported({ accepted: 1 }))
    expect(state(over, 'a')).toBe('cancelled')
    expect(applyUpload(over, { type: 'cleared' }).map((one) => one.id)).toEqual(['b', 'c'])
  })
})
