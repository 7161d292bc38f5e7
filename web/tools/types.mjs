// docs/openapi.json in, web/src/api/schema.d.ts out where it is missing or of another shape; what makes it is installed only then.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const shape = execFileSync('python3', [at('../../scripts/web_digest.py'), '--api'], { encoding: 'utf8' }).trim()

function made() {
  try {
    return readFileSync(at('../src/api/schema.d.ts'), 'utf8').split('\n', 1)[0].includes(shape)
  } catch {
    return false
  }
}

if (!made()) {
  const npm = (...words) => execFileSync('npm', ['--prefix', at('openapi'), ...words], { stdio: 'inherit' })
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error')
  npm('run', '--silent', 'generate')
}
