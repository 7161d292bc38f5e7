// The views of "Lernen & Protokoll" that axe looks at.

const log = (page) => page.getByText(/durch /).first().waitFor()

async function verified(page) {
  await log(page)
  await page.getByRole('button', { name: 'Nachprüfen' }).click()
  await page.getByText(/Einträge geprüft/).waitFor()
}

async function newPrompt(page) {
  await page.getByRole('button', { name: 'Version', exact: true }).click()
  await page.getByRole('dialog', { name: 'Neue Prompt-Version' }).waitFor()
}

async function promptOpen(page) {
  await page.getByRole('list', { name: 'Prompt-Versionen' }).getByRole('button').first().click()
  await page.getByRole('dialog').getByText('Wortlaut').waitFor()
}

async function erasing(page) {
  await page.getByRole('button', { name: 'Person löschen' }).click()
  await page.getByRole('dialog', { name: 'Person löschen?' }).waitFor()
}

export const LEARNING_ADMIN = [
  { path: '/admin/lernen', then: (page) => page.getByText('Nächtliches Lernen').waitFor() },
  { path: '/admin/lernen?teil=prompts', then: (page) => page.getByRole('list', { name: 'Prompt-Versionen' }).waitFor() },
  { path: '/admin/lernen?teil=prompts', name: 'prompt', then: promptOpen },
  { path: '/admin/lernen?teil=prompts', name: 'new prompt', then: newPrompt },
  { path: '/admin/lernen?teil=protokoll', then: log },
  { path: '/admin/lernen?teil=protokoll', name: 'verified', then: verified },
  { path: '/admin/lernen?teil=protokoll&wer=gibtesnicht', then: (page) => page.getByText('Keine Einträge').waitFor() },
  { path: '/admin/lernen?teil=einwilligungen', then: (page) => page.getByText(/Einwilligungen \(\d+ Person/).waitFor() },
  { path: '/admin/lernen?teil=loeschungen', then: (page) => page.getByRole('button', { name: 'Person löschen' }).waitFor() },
  { path: '/admin/lernen?teil=loeschungen', name: 'erase', then: erasing },
]
