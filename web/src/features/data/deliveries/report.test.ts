import { describe, expect, it } from 'vitest'
import { adviceOf, firstRefusal, readReport, reportCsv, storedLines, verdict, wantsHints } from './report'

const raw = {
  state: 'done',
  batch_id: 7,
  format: 'csv',
  accepted: 90,
  corrected: 4,
  refused: 2,
  reasons: [
    { kind: 'refused', text: 'keine Zahl', count: 2, places: ['Zeile 3, Spalte „kWh“: „=1+1“', 'Zeile 9'] },
    { kind: 'corrected', text: 'kein Wert: als fehlend übernommen', count: 4, places: [] },
    { kind: 'seltsam', text: 'x' },
    null,
  ],
  start: 0,
  end: 86_400,
  meters: ['DE1', 7],
  meter_count: 1,
  others: [],
  stored: { new: 94 },
}

describe('readReport', () => {
  it('takes what it knows and drops the rest', () => {
    const report = readReport(raw)
    expect(report).toMatchObject({ batchId: 7, accepted: 90, meters: ['DE1'], stored: { new: 94, same: 0 } })
    expect(report.reasons.map((reason) => reason.text)).toEqual(['keine Zahl', 'kein Wert: als fehlend übernommen'])
    expect(readReport({})).toMatchObject({ accepted: 0, reasons: [], start: null })
  })
})

describe('verdict', () => {
  it('says what became of the file', () => {
    expect(verdict(readReport(raw))).toBe('94 Werte wurden übernommen, davon 4 mit einer Korrektur. 2 Werte wurden nicht übernommen.')
    expect(verdict(readReport({ accepted: 1 }))).toBe('1 Wert wurde übernommen.')
    expect(verdict(readReport({ state: 'refused' }))).toContain('nichts übernommen')
    expect(verdict(readReport({ ...raw, state: 'known' }))).toContain('kennt Nova schon')
  })

  it('says what the store did', () => expect(storedLines(readReport({ stored: { new: 1, same: 2 } }))).toEqual(['1 Wert ist neu gespeichert', '2 Werte lagen schon genauso vor']))
})

describe('adviceOf', () => {
  it('says what the sender can do', () => {
    expect(adviceOf({ kind: 'refused', text: 'Die Einheit fehlt', count: 0, places: [] })).toContain('kW oder kWh')
    expect(adviceOf({ kind: 'refused', text: 'doppelt mit gleichem Inhalt', count: 1, places: [] })).toContain('nichts tun')
    expect(adviceOf({ kind: 'note', text: 'Einheit', count: 1, places: [] })).toBeNull()
  })
})

const of = (text: string) => readReport({ reasons: [{ kind: 'refused', text, count: 1, places: [] }] })

describe('wantsHints', () => {
  it('knows what a word of the sender’s would mend', () => {
    expect(wantsHints(of('Die Datei nennt keinen Zähler: …'))).toBe(true)
    expect(wantsHints(of('Das ist ein PDF.'))).toBe(false)
    expect(firstRefusal(of('keine Zeit'))).toBe('Keine Zeit')
    expect(firstRefusal(readReport({}))).toBeNull()
  })
})

describe('reportCsv', () => {
  it('names every place and disarms formulas', () => {
    const lines = reportCsv('=böse.csv', readReport(raw)).trimEnd().split('\r\n')
    expect(lines).toHaveLength(1 + 3 + 3)
    expect(lines[1]).toBe(`"'=böse.csv";"übernommen";"ohne Änderung";"90";"";""`)
    expect(lines[4]).toContain('"keine Zahl";"2";"Zeile 3, Spalte „kWh“: „=1+1“"')
  })
})
