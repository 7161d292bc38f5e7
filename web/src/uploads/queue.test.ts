import { describe, expect, it } from 'vitest'
import { nextToSend } from '@/lib/send-form'
import { applyUpload, type Upload, type UploadEvent } from './queue'

type End = 'done' | 'known'
type Event = UploadEvent<End, number>
const added: Event = { type: 'added', uploads: ['a', 'b', 'c'].map((id) => ({ id, name: `${id}.pdf`, bytes: 10 })) }
const run = (...events: Event[]): Upload<End, number>[] => events.reduce<Upload<End, number>[]>(applyUpload, [])
const one = (uploads: Upload<End, number>[], id: string): Upload<End, number> | undefined => uploads.find((upload) => upload.id === id)
const accepted: Event = { type: 'accepted', id: 'a', jobId: 'j', result: null }

describe('the upload queue', () => {
  it('sends only so many at once', () => {
    const start = run(added)
    expect(nextToSend(start, 2)).toHaveLength(2)
    const busy = run(added, { type: 'sending', id: 'a' }, { type: 'sending', id: 'b' })
    expect(nextToSend(busy, 2)).toEqual([])
    const freed = applyUpload(busy, { type: 'failed', id: 'a', message: 'zu groß', traceId: null })
    expect(nextToSend(freed, 2).map((upload) => upload.id)).toEqual(['c'])
  })

  it('keeps the line when more files come', () => {
    const later: Event = { type: 'added', uploads: [{ id: 'd', name: 'd.pdf', bytes: 1 }] }
    expect(nextToSend(run(added, later), 9).map((upload) => upload.id)).toEqual(['a', 'b', 'c', 'd'])
    expect(run(added, later)[0]?.id).toBe('d')
  })

  it('waits for the job, and ends as it says', () => {
    const working = run(added, { type: 'sending', id: 'a' }, accepted)
    expect(one(working, 'a')).toMatchObject({ state: 'working', jobId: 'j', sent: 1 })
    const over = applyUpload(working, { type: 'ended', id: 'a', state: 'known', result: 12, message: 'EnWG' })
    expect(one(over, 'a')).toMatchObject({ state: 'known', result: 12, message: 'EnWG' })
  })

  it('sends again what failed and nothing that is on its way', () => {
    const failed = run(added, { type: 'sending', id: 'a' }, { type: 'sending', id: 'b' }, { type: 'failed', id: 'a', message: 'weg', traceId: 't' })
    const again = applyUpload(failed, { type: 'again', id: 'a' })
    expect(nextToSend(again, 2).map((upload) => upload.id)).toEqual(['a'])
    expect(one(again, 'a')).toMatchObject({ state: 'waiting', message: null, traceId: null })
    expect(one(applyUpload(failed, { type: 'again', id: 'b' }), 'b')?.state).toBe('sending')
  })

  it('never revives what is over', () => {
    const over = run(added, { type: 'cancelled', id: 'a' }, { type: 'sent', id: 'a', share: 0.5 }, accepted, { type: 'ended', id: 'a', state: 'done', result: 1 })
    expect(one(over, 'a')?.state).toBe('cancelled')
  })

  it('clears what is over and keeps what is not', () => {
    const uploads = run(added, { type: 'cancelled', id: 'a' }, { type: 'sending', id: 'b' }, { type: 'cleared' })
    expect(uploads.map((upload) => upload.id)).toEqual(['b', 'c'])
  })
})

describe('a file that the server has no room in line for', () => {
  it('goes back to where it stood, says why, and is sent again', () => {
    const busy = run(added, { type: 'sending', id: 'a' }, { type: 'sent', id: 'a', share: 0.8 }, { type: 'later', id: 'a', message: 'In 10 s geht es weiter.' })
    expect(one(busy, 'a')).toMatchObject({ state: 'waiting', sent: 0, message: 'In 10 s geht es weiter.' })
    expect(nextToSend(busy, 1).map((upload) => upload.id)).toEqual(['a'])
    expect(one(applyUpload(busy, { type: 'sending', id: 'a' }), 'a')).toMatchObject({ state: 'sending', message: null })
  })
})
