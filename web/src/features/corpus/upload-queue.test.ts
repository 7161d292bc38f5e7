import { describe, expect, it } from 'vitest'
import type { Ingested } from '@/api/types'
import { nextToSend } from '@/lib/send-form'
import { applyUpload, type Upload, type UploadEvent } from './upload-queue'

const names = ['a', 'b', 'c']
const added: UploadEvent = { type: 'added', uploads: names.map((id) => ({ id, name: `${id}.pdf`, bytes: 10 })) }
const run = (...events: UploadEvent[]): Upload[] => events.reduce<Upload[]>(applyUpload, [])
const one = (uploads: Upload[], id: string): Upload | undefined => uploads.find((upload) => upload.id === id)
const answer = (chunks: number | null): Ingested => ({ item_id: 'i', chunks, sha256: 's', job_id: 'j', version: 1, status: chunks === null ? 'queued' : 'ready' })

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
    const later: UploadEvent = { type: 'added', uploads: [{ id: 'd', name: 'd.pdf', bytes: 1 }] }
    expect(nextToSend(run(added, later), 9).map((upload) => upload.id)).toEqual(['a', 'b', 'c', 'd'])
    expect(run(added, later)[0]?.id).toBe('d')
  })

  it('waits for the job when the passages are not there yet', () => {
    const working = run(added, { type: 'sending', id: 'a' }, { type: 'accepted', id: 'a', answer: answer(null) })
    expect(one(working, 'a')).toMatchObject({ state: 'working', jobId: 'j', sent: 1 })
    expect(one(applyUpload(working, { type: 'finished', id: 'a', chunks: 12 }), 'a')).toMatchObject({ state: 'done', chunks: 12 })
    expect(one(run(added, { type: 'accepted', id: 'b', answer: answer(3) }), 'b')).toMatchObject({ state: 'done', chunks: 3 })
  })

  it('points to the document that is there already', () => {
    const uploads = run(added, { type: 'duplicate', id: 'a', itemId: 'known', title: 'EnWG' })
    expect(one(uploads, 'a')).toMatchObject({ state: 'duplicate', itemId: 'known', message: 'EnWG' })
  })

  it('never revives what is over', () => {
    const over = run(added, { type: 'cancelled', id: 'a' }, { type: 'sent', id: 'a', share: 0.5 }, { type: 'accepted', id: 'a', answer: answer(1) })
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
