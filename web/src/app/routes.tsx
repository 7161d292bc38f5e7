import { createRootRoute, createRoute, createRouter, Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, type ReactNode } from 'react'
import { AskPage, type Filters } from '@/features/ask'
import { readCorpusSearch, type CorpusSearch } from '@/features/corpus/search'
import { readAdviceSearch } from '@/features/advice/search'
import { readTalkSearch } from '@/features/conversations/search'
import { readDataSearch } from '@/features/data/meters/search'
import { readEnergySearch } from '@/features/energy/search'
import { readHandoverSearch } from '@/features/handovers/search'
import { HelpPage } from '@/features/help'
import { readQualitySearch } from '@/features/kpis/search'
import { readLearningSearch } from '@/features/learning/search'
import { readMarketSearch } from '@/features/market/search'
import type { JobFilter } from '@/features/ops'
import { INVITATION, InvitationPage } from '@/features/session'
import { readPeopleSearch, type PeopleSearch } from '@/features/people/search'
import { readOverviewSearch } from '@/features/overview/search'
import { readSeedingSearch } from '@/features/seeding/search'
import { readTab } from '@/features/settings/tab'
import { readTrainingSearch } from '@/features/training/search'
import { usePageTitle } from '@/ui/page'
import { Fault, NoRights, SkeletonPage } from '@/ui/states'
import { Checklist } from './checklist'
import { readAskSearch, type AskSearch } from './ask-search'
import { firstPage, mayOpen, pagesOf } from './nav'
import { NotFound } from './not-found'
import { PageLink } from './page-link'
import { Root } from './root'
import { useSignedIn } from './session-context'
import { StartTiles } from './tiles'

const AdvicePage = lazy(() => import('@/features/advice').then((module) => ({ default: module.AdvicePage })))
const DataPage = lazy(() => import('@/features/data').then((module) => ({ default: module.DataPage })))
const EnergyPage = lazy(() => import('@/features/energy').then((module) => ({ default: module.EnergyPage })))
const MarketPage = lazy(() => import('@/features/market').then((module) => ({ default: module.MarketPage })))
const OverviewPage = lazy(() => import('@/features/overview').then((module) => ({ default: module.OverviewPage })))
const CorpusPage = lazy(() => import('@/features/corpus').then((module) => ({ default: module.CorpusPage })))
const TalksPage = lazy(() => import('@/features/conversations').then((module) => ({ default: module.TalksPage })))
const QualityPage = lazy(() => import('@/features/kpis').then((module) => ({ default: module.QualityPage })))
const HandoversPage = lazy(() => import('@/features/handovers').then((module) => ({ default: module.HandoversPage })))
const LearningPage = lazy(() => import('@/features/learning').then((module) => ({ default: module.LearningPage })))
const MyDataPage = lazy(() => import('@/features/mydata').then((module) => ({ default: module.MyDataPage })))
const OpsPage = lazy(() => import('@/features/ops').then((module) => ({ default: module.OpsPage })))
const PeoplePage = lazy(() => import('@/features/people').then((module) => ({ default: module.PeoplePage })))
const SeedingPage = lazy(() => import('@/features/seeding').then((module) => ({ default: module.SeedingPage })))
const ServicePage = lazy(() => import('@/features/service').then((module) => ({ default: module.ServicePage })))
const SettingsPage = lazy(() => import('@/features/settings').then((module) => ({ default: module.SettingsPage })))
const TrainingPage = lazy(() => import('@/features/training').then((module) => ({ default: module.TrainingPage })))

const root = createRootRoute({ component: Root, notFoundComponent: NotFound, errorComponent: ({ error, reset }) => <Fault error={error} onRetry={reset} className="min-h-dvh content-center" /> })

const overviewRoute = createRoute({ getParentRoute: () => root, path: '/', validateSearch: readOverviewSearch, component: Overview })

function Overview() {
  const { session } = useSignedIn()
  const search = overviewRoute.useSearch()
  const navigate = overviewRoute.useNavigate()
  return (
    <Later>
      <OverviewPage user={session.user} mayFeed={session.may.includes('data')} checklist={<Begin />} search={search} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

/** Above the charts of the overview: the pages that are opened most, and the first steps of a fresh installation. */
function Begin() {
  const { session } = useSignedIn()
  return (
    <>
      <StartTiles />
      {session.may.includes('configure') ? <Checklist /> : null}
    </>
  )
}

const energyRoute = createRoute({ getParentRoute: () => root, path: '/energie', validateSearch: readEnergySearch, component: Energy })

function Energy() {
  const { session } = useSignedIn()
  const search = energyRoute.useSearch()
  const navigate = energyRoute.useNavigate()
  return (
    <Later>
      <EnergyPage mayFeed={session.may.includes('data')} search={search} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

const marketRoute = createRoute({ getParentRoute: () => root, path: '/markt', validateSearch: readMarketSearch, component: Market })

function Market() {
  const { session } = useSignedIn()
  const search = marketRoute.useSearch()
  const navigate = marketRoute.useNavigate()
  return (
    <Later>
      <MarketPage mayFeed={session.may.includes('data')} search={search} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

const adviceRoute = createRoute({ getParentRoute: () => root, path: '/empfehlungen', validateSearch: readAdviceSearch, component: Advice })

function Advice() {
  const { session } = useSignedIn()
  const search = adviceRoute.useSearch()
  const navigate = adviceRoute.useNavigate()
  return (
    <Later>
      <AdvicePage mayFeed={session.may.includes('data')} search={search} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

const pageOfQuestion = (question: string): ReactNode => <PageLink question={question} />

const askRoute = createRoute({ getParentRoute: () => root, path: '/fragen', validateSearch: readAskSearch, component: Ask })

function Ask() {
  const { session, info } = useSignedIn()
  const search = askRoute.useSearch()
  const navigate = useNavigate()
  const to = (next: AskSearch): void => void navigate({ to: '/fragen', search: next, replace: true, resetScroll: false })
  const filters: Filters = { tag: search.tag, kind: search.art, asOf: search.stand }
  return (
    <AskPage
      user={session.user}
      limit={info.limits.question_chars}
      filters={filters}
      onFilters={(next) => to({ ...search, frage: undefined, tag: next.tag, art: next.kind, stand: next.asOf })}
      question={search.frage}
      storedId={search.antwort}
      onShow={(antwort) => to({ ...search, frage: undefined, antwort })}
      checklist={session.may.includes('configure') ? <Checklist /> : null}
      pageOf={pageOfQuestion}
    />
  )
}

const documentsRoute = createRoute({ getParentRoute: () => root, path: '/dokumente', validateSearch: readCorpusSearch, component: Documents })

function Documents() {
  const { info } = useSignedIn()
  const search = documentsRoute.useSearch()
  const navigate = documentsRoute.useNavigate()
  const change = useCallback((next: Partial<CorpusSearch>) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false }), [navigate])
  return (
    <Later>
      <CorpusPage admin={false} search={search} onSearch={change} uploadBytes={info.limits.upload_bytes} />
    </Later>
  )
}

const helpRoute = createRoute({ getParentRoute: () => root, path: '/hilfe', component: Help })

function Help() {
  const navigate = useNavigate()
  return <HelpPage onAsk={(question) => void navigate({ to: '/fragen', search: { frage: question } })} />
}

const myDataRoute = createRoute({ getParentRoute: () => root, path: '/meine-daten', component: MyData })

function MyData() {
  const { session } = useSignedIn()
  return (
    <Later>
      <MyDataPage person={session.user ?? null} />
    </Later>
  )
}

const handoversRoute = createRoute({ getParentRoute: () => root, path: '/uebergaben', validateSearch: readHandoverSearch, component: HandedOver })

function HandedOver() {
  const { session } = useSignedIn()
  const search = handoversRoute.useSearch()
  const navigate = handoversRoute.useNavigate()
  return (
    <Later>
      <HandoversPage user={session.user} search={search} onSearch={(next) => void navigate({ search: (old) => readHandoverSearch({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

const serviceRoute = createRoute({ getParentRoute: () => root, path: '/kundendienst', component: CustomerService })

function CustomerService() {
  return (
    <Later>
      <ServicePage />
    </Later>
  )
}

const inSettings = (raw: Record<string, unknown>): { bereich?: string } => {
  const bereich = readTab(raw.bereich)
  return bereich ? { bereich } : {}
}

const ownSettings = createRoute({ getParentRoute: () => root, path: '/einstellungen', validateSearch: inSettings, component: OwnSettings })

function OwnSettings() {
  const { bereich = 'darstellung' } = ownSettings.useSearch()
  const navigate = ownSettings.useNavigate()
  return (
    <Later>
      <SettingsPage tab={bereich} onTab={(tab) => void navigate({ search: { bereich: tab }, resetScroll: false })} />
    </Later>
  )
}

const invitationRoute = createRoute({ getParentRoute: () => root, path: INVITATION, component: InvitationPage })

const welcomeRoute = createRoute({ getParentRoute: () => root, path: '/willkommen', component: Welcome })

/** Leads to where the work of whoever has just come in begins. */
function Welcome() {
  const { session } = useSignedIn()
  return <Navigate {...firstPage(session.may)} replace />
}

const admin = createRoute({ getParentRoute: () => root, path: '/admin', component: Operator })

/** The operator's area, of which other roles have pages too; the API enforces it, this only says so. */
function Operator() {
  const { session } = useSignedIn()
  const path = useLocation({ select: (location) => location.pathname })
  usePageTitle('Verwaltung')
  return mayOpen(session.may, path) ? <Outlet /> : <NoRights />
}

const adminHome = createRoute({ getParentRoute: () => admin, path: '/', component: AdminHome })

/** The first page of this area that is one's own. */
function AdminHome() {
  const { session } = useSignedIn()
  return <Navigate to={pagesOf(session).find(({ to }) => to.startsWith('/admin'))?.to ?? '/'} replace />
}

const corpusRoute = createRoute({ getParentRoute: () => admin, path: '/korpus', validateSearch: readCorpusSearch, component: Corpus })

function Corpus() {
  const { info } = useSignedIn()
  const search = corpusRoute.useSearch()
  const navigate = corpusRoute.useNavigate()
  const change = useCallback((next: Partial<CorpusSearch>) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false }), [navigate])
  return (
    <Later>
      <CorpusPage admin search={search} onSearch={change} uploadBytes={info.limits.upload_bytes} />
    </Later>
  )
}

const dataRoute = createRoute({ getParentRoute: () => admin, path: '/daten', validateSearch: readDataSearch, component: SourcesOfData })

function SourcesOfData() {
  const search = dataRoute.useSearch()
  const navigate = dataRoute.useNavigate()
  return (
    <Later>
      <DataPage search={search} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

const seedingRoute = createRoute({ getParentRoute: () => admin, path: '/modelle', validateSearch: readSeedingSearch, component: Seeding })

function Seeding() {
  const search = seedingRoute.useSearch()
  const navigate = seedingRoute.useNavigate()
  return (
    <Later>
      <SeedingPage search={search} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

const trainingRoute = createRoute({ getParentRoute: () => admin, path: '/feinabstimmung', validateSearch: readTrainingSearch, component: Training })

function Training() {
  const search = trainingRoute.useSearch()
  const navigate = trainingRoute.useNavigate()
  return (
    <Later>
      <TrainingPage search={search} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

const talksRoute = createRoute({ getParentRoute: () => admin, path: '/gespraeche', validateSearch: readTalkSearch, component: Talks })

function Talks() {
  const search = talksRoute.useSearch()
  const navigate = talksRoute.useNavigate()
  return (
    <Later>
      <TalksPage search={search} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

const qualityRoute = createRoute({ getParentRoute: () => admin, path: '/kpis', validateSearch: readQualitySearch, component: Quality })

function Quality() {
  const search = qualityRoute.useSearch()
  const navigate = qualityRoute.useNavigate()
  return (
    <Later>
      <QualityPage search={search} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

const learningRoute = createRoute({ getParentRoute: () => admin, path: '/lernen', validateSearch: readLearningSearch, component: Learning })

function Learning() {
  const search = learningRoute.useSearch()
  const navigate = learningRoute.useNavigate()
  return (
    <Later>
      <LearningPage search={search} onSearch={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })} />
    </Later>
  )
}

const JOB_FILTERS: JobFilter[] = ['alle', 'offen', 'fehler']

const opsRoute = createRoute({
  getParentRoute: () => admin,
  path: '/betrieb',
  validateSearch: (raw: Record<string, unknown>): { auftraege?: JobFilter } => {
    const auftraege = JOB_FILTERS.find((filter) => filter === raw.auftraege)
    return auftraege ? { auftraege } : {}
  },
  component: Operations,
})

function Operations() {
  const { session } = useSignedIn()
  const { auftraege = 'alle' } = opsRoute.useSearch()
  const navigate = opsRoute.useNavigate()
  const onFilter = (filter: JobFilter): void => void navigate({ search: filter === 'alle' ? {} : { auftraege: filter }, resetScroll: false })
  return (
    <Later>
      <OpsPage filter={auftraege} onFilter={onFilter} checklist={session.may.includes('configure') ? <Checklist /> : null} />
    </Later>
  )
}

const peopleRoute = createRoute({ getParentRoute: () => admin, path: '/personen', validateSearch: readPeopleSearch, component: People })

function People() {
  const { session } = useSignedIn()
  const search = peopleRoute.useSearch()
  const navigate = peopleRoute.useNavigate()
  const change = useCallback((next: Partial<PeopleSearch>) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false }), [navigate])
  return (
    <Later>
      <PeoplePage named={session.user !== null} search={search} onSearch={change} />
    </Later>
  )
}

const settingsRoute = createRoute({ getParentRoute: () => admin, path: '/einstellungen', validateSearch: inSettings, component: Settings })

function Settings() {
  const { bereich = 'darstellung' } = settingsRoute.useSearch()
  const navigate = settingsRoute.useNavigate()
  return (
    <Later>
      <SettingsPage tab={bereich} onTab={(tab) => void navigate({ search: { bereich: tab }, resetScroll: false })} />
    </Later>
  )
}

/** A page whose code is on its way. */
function Later({ children }: { children: ReactNode }) {
  return <Suspense fallback={<SkeletonPage />}>{children}</Suspense>
}

const tree = root.addChildren([overviewRoute, askRoute, energyRoute, marketRoute, adviceRoute, documentsRoute, myDataRoute, handoversRoute, serviceRoute, helpRoute, ownSettings, welcomeRoute, invitationRoute, admin.addChildren([adminHome, corpusRoute, dataRoute, seedingRoute, trainingRoute, talksRoute, qualityRoute, learningRoute, opsRoute, peopleRoute, settingsRoute])])

export const router = createRouter({ routeTree: tree, defaultPreload: false, scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
