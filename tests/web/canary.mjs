// Gives a server that must never be asked for anything: documents point at it, and no page that shows them may send it a request.
import { createServer } from 'node:http'

/** Every request that arrives is one too many; `hits` names them. */
export async function startCanary() {
  const hits = []
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' })
    response.end('window.__canary = true')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${server.address().port}`, hits, stop: () => new Promise((resolve) => server.close(resolve)) }
}
