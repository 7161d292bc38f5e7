import { Scale } from 'lucide-react'
import type { ReactNode } from 'react'
import type { RunEvaluation, TrainRun } from '@/api/types'
import { formatCount, formatMs, formatShare, formatTime, NONE, plural } from '@/lib/format'
import { useSending } from '@/lib/use-sending'
import { StateBadge, Tag } from '@/ui/badge'
import { Button } from '@/ui/button'
import { Section } from '@/ui/page'
import { Empty, FaultLine } from '@/ui/states'
import { toast } from '@/ui/toast'
import { evaluate, useRenew } from './api'
import { Figures, StateLines } from './lines'
import { isWorse, verdictOf, type Beside, type Cure, type Topic, type Verdict } from './told'
import { cureName, figure, gateName, isOpen } from './words'

/** What a model is worth beside its base: what got worse first, then both side by side, then every gate with its reason. */
export function VerdictTab({ run, evaluation, may }: { run: TrainRun; evaluation: RunEvaluation | null; may: boolean }) {
  const judge = may && run.state === 'done' ? <JudgeButton run={run} again={evaluation !== null} /> : null
  if (!evaluation)
    return (
      <Empty className="card" title="Noch nicht beurteilt" action={judge}>
        {isOpen(run) ? 'Beurteilt wird, wenn der Lauf zu Ende ist: Modell und Basis beantworten dann dieselben zurückgehaltenen Fragen.' : run.state === 'done' ? 'Modell und Basis haben die zurückgehaltenen Fragen beantwortet; verglichen hat sie noch niemand.' : 'Der Lauf kam nicht bis zum Ende. Es gibt nichts zu beurteilen.'}
      </Empty>
    )
  const verdict = verdictOf(evaluation.told)
  return (
    <div className="grid gap-6">
      <div className="card flex flex-wrap items-center gap-x-3 gap-y-2 p-4">
        <StateBadge word={evaluation.passed ? { label: 'bestanden', shade: 'ok' } : { label: 'nicht bestanden', shade: 'bad' }} />
        <div className="grid min-w-0 flex-1 basis-56 gap-0.5 text-sm">
          <p>{evaluation.passed ? 'Kein Tor hält das Modell.' : `${verdict.held === 1 ? 'Ein Tor hält' : `${formatCount(verdict.held)} Tore halten`} das Modell. Es dient nicht.`}</p>
          <p className="num text-xs text-muted">Beurteilt am {formatTime(evaluation.at)}. Ein Tor ist eine Bedingung, die ein Modell erfüllen muss.</p>
        </div>
        {judge}
      </div>
      {verdict.problems.length > 0 ? (
        <ul aria-label="Auffälliges" className="card grid gap-1 border-warn/60 p-4 text-sm">
          {verdict.problems.map((problem) => (
            <li key={problem} className="[overflow-wrap:anywhere]">{problem}</li>
          ))}
        </ul>
      ) : null}
      <Topics title="Was schlechter wurde" topics={verdict.topics} beside="Basis">
        <WorseFigures beside={verdict.beside.filter(isWorse)} />
      </Topics>
      {verdict.former.run ? <Topics title={`Gegenüber ${verdict.former.run}`} topics={verdict.former.topics} beside="Lauf davor" /> : null}
      <SideBySide verdict={verdict} />
      <Cheaper cures={verdict.cures} />
      <Section title="Tore">
        <StateLines label="Tore" lines={verdict.gates.map((gate) => ({ ...gate, title: gateName(gate.name) }))} />
      </Section>
    </div>
  )
}

function JudgeButton({ run, again }: { run: TrainRun; again: boolean }) {
  const renew = useRenew()
  const { busy, fault, send } = useSending()
  const work = async (): Promise<void> => {
    const { passed, tickets } = await evaluate(run)
    await renew('run', 'keys')
    toast(passed ? 'Beurteilt: Das Modell besteht' : 'Beurteilt: Mindestens ein Tor hält', passed ? 'ok' : 'info', tickets.length > 0 ? `${plural(tickets.length, 'Ticket', 'Tickets')} zur Sicherheit eröffnet.` : undefined)
  }
  return (
    <div className="grid gap-2">
      <Button busy={busy} onClick={() => void send(work)}>
        <Scale aria-hidden /> {again ? 'Neu beurteilen' : 'Jetzt beurteilen'}
      </Button>
      <FaultLine error={fault} />
    </div>
  )
}

const points = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
const change = (value: number | null): string => (value === null ? NONE : points.format(value * 100))

/** Figures in which the base was better, in a line each. */
function WorseFigures({ beside }: { beside: Beside[] }) {
  if (beside.length === 0) return null
  return (
    <ul aria-label="Schlechtere Werte" className="card num grid gap-1 p-4 text-sm">
      {beside.map((one) => (
        <li key={one.name}>
          {one.name}: {valueOf(one.cand, one.as)} <span className="text-muted">(Basis {valueOf(one.base, one.as)})</span>
        </li>
      ))}
    </ul>
  )
}

function Topics({ title, topics, beside, children }: { title: string; topics: Topic[]; beside: string; children?: ReactNode }) {
  const worse = topics.filter(({ worse: is }) => is)
  const less = topics.filter((one) => one.worse || (one.difference ?? 0) < 0)
  const others = topics.filter((one) => !less.includes(one))
  const said =
    topics.length === 0
      ? 'Die Fragen haben keine Themen, die sich vergleichen lassen.'
      : worse.length > 0
        ? `Nachweislich schlechter: ${worse.map(({ topic }) => `„${topic}“`).join(', ')}.`
        : less.length > 0
          ? `Kein Thema ist nachweislich schlechter. Bei ${plural(less.length, 'Thema', 'Themen')} liegt das Modell darunter, was auch Zufall sein kann.`
          : 'Kein Thema wurde schlechter.'
  return (
    <Section title={title}>
      {children}
      <p className="text-sm text-muted">{said}</p>
      {less.length > 0 ? <TopicTable label={title} topics={less} beside={beside} /> : null}
      {others.length > 0 ? (
        <details className="text-sm">
          <summary className="w-fit">{plural(others.length, 'Thema ist nicht schlechter', 'Themen sind nicht schlechter')}</summary>
          <div className="pt-3">
            <TopicTable label={`${title}: die übrigen`} topics={others} beside={beside} />
          </div>
        </details>
      ) : null}
    </Section>
  )
}

function TopicTable({ label, topics, beside }: { label: string; topics: Topic[]; beside: string }) {
  return (
    <Figures label={`Tabelle: ${label}`} heads={['Thema', 'Unterschied in Punkten', 'Fakten richtig', beside, 'Fragen']}>
      {topics.map((one) => (
        <tr key={one.topic}>
          <td className="min-w-28 px-3 py-1.5 [overflow-wrap:anywhere]">
            {one.topic} {one.worse ? <Tag>schlechter</Tag> : null}
          </td>
          <td className="px-3 py-1.5">
            {change(one.difference)} {one.low !== null && one.high !== null ? <span className="text-xs whitespace-nowrap text-muted">({change(one.low)} bis {change(one.high)})</span> : null}
          </td>
          <td className="px-3 py-1.5 whitespace-nowrap">{formatShare(one.facts)}</td>
          <td className="px-3 py-1.5 whitespace-nowrap">{formatShare(one.base)}</td>
          <td className="px-3 py-1.5">{formatCount(one.n)}</td>
        </tr>
      ))}
    </Figures>
  )
}

function valueOf(value: number | null, as: Beside['as']): string {
  if (value === null) return NONE
  return as === 'share' ? formatShare(value) : as === 'seconds' ? formatMs(value * 1000) : as === 'count' ? formatCount(value) : figure(value)
}

function SideBySide({ verdict: { beside, win } }: { verdict: Verdict }) {
  return (
    <Section title="Modell neben Basis">
      <p className="text-sm text-muted">
        {win ? `Frage für Frage verglichen: ${formatCount(win.won)} Mal ist das Modell besser, ${formatCount(win.lost)} Mal die Basis, ${formatCount(win.tied)} Mal sind beide gleich gut.` : 'Die Basis ist das Modell vor dem Lernen.'}
      </p>
      <Figures label="Tabelle: Modell neben Basis" heads={['Was gemessen wurde', 'Modell', 'Basis']}>
        {beside.map((one) => (
          <tr key={one.name}>
            <td className="min-w-40 px-3 py-1.5">
              {one.name} {isWorse(one) ? <Tag>schlechter</Tag> : null}
            </td>
            <td className="px-3 py-1.5 whitespace-nowrap">{valueOf(one.cand, one.as)}</td>
            <td className="px-3 py-1.5 whitespace-nowrap">{valueOf(one.base, one.as)}</td>
          </tr>
        ))}
      </Figures>
    </Section>
  )
}

/** The base with something that costs less than learning, beside the model. */
function Cheaper({ cures }: { cures: Cure[] }) {
  return (
    <Section title="Statt zu lernen">
      <p className="text-sm text-muted">Die Basis hat dieselben Fragen auch mit dem beantwortet, was weniger kostet. Lernen lohnt sich, wenn das Modell dagegen klar gewinnt: in mehr als der Hälfte der Fragen, auch an der unteren Grenze.</p>
      <Figures label="Tabelle: Statt zu lernen" heads={['Abhilfe', 'Fakten richtig', 'Modell gewinnt']}>
        {cures.map((one) => (
          <tr key={one.name}>
            <td className="min-w-32 px-3 py-1.5">{cureName(one.name)}</td>
            {one.why ? (
              <td className="min-w-44 px-3 py-1.5 text-muted" colSpan={2}>{one.why === 'noch nicht versucht' ? 'Nicht versucht.' : `Nicht versucht: ${one.why}.`}</td>
            ) : (
              <>
                <td className="px-3 py-1.5 whitespace-nowrap">{formatShare(one.facts)}</td>
                <td className="px-3 py-1.5">
                  {formatShare(one.rate)} <span className="text-xs whitespace-nowrap text-muted">({formatShare(one.low)} bis {formatShare(one.high)})</span>
                </td>
              </>
            )}
          </tr>
        ))}
      </Figures>
    </Section>
  )
}
