import { describe, expect, it } from 'vitest'
import { readEvents, SseParser } from './sse'

const STREAM = ': hallo\n\nevent: status\ndata: {"stage":"searching"}\n\nevent: sentence\r\ndata: {"text":"Größe"}\r\n\r\ndata: a\ndata: b\n\n'

describe('SseParser', () => {
  it('gives the same events however the stream is cut', () => {
    const whole = new SseParser().push(STREAM)
    expect(whole).toEqual([
      { event: 'status', data: '{"stage":"searching"}' },
      { event: 'sentence', data: '{"text":"Größe"}' },
      { event: 'message', data: 'a\nb' },
    ])
    for (let size = 1; size < 20; size += 1) {
      const parser = new SseParser()
      const events = []
      for (let at = 0; at < STREAM.length; at += size) events.push(...parser.push(STREAM.slice(at, at + size)))
      expect(events, `pieces of ${size}`).toEqual(whole)
    }
  })

  it('keeps an unfinished event to itself', () => {
    expect(new SseParser().push('event: final\ndata: {}\n')).toEqual([])
  })

  it('takes a comment and an unknown field for nothing', () => {
    expect(new SseParser().push(':keep-alive\n\nretry: 5\n\n')).toEqual([])
  })
})

describe('readEvents', () => {
  it('puts characters together that were cut between two pieces', async () => {
    const bytes = new TextEncoder().encode('data: ä€😀\n\n')
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const found = []
    for await (const event of readEvents(body)) found.push(event)
    expect(found).toEqual([{ event: 'message', data: 'ä€😀' }])
  })
})
