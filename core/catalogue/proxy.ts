/** @file The way out through a proxy, as HTTPS_PROXY, HTTP_PROXY and NO_PROXY ask for it: one tunnel per connection. */
import { request as requestHttp } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** The proxy that the environment names for an address; null for a direct connection. */
export function proxyFor(url: URL, environment: NodeJS.ProcessEnv = process.env): URL | null {
  if (isExempt(url.hostname, setting(environment, 'no_proxy'))) return null
  const named = setting(environment, url.protocol === 'https:' ? 'https_proxy' : 'http_proxy')
  if (named === '') return null
  const address = named.includes('://') ? named : `http://${named}`
  return URL.canParse(address) ? new URL(address) : null
}

function setting(environment: NodeJS.ProcessEnv, name: string): string {
  return environment[name] ?? environment[name.toUpperCase()] ?? ''
}

function isExempt(host: string, list: string): boolean {
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host)) return true
  const names = list.split(',').map((name) => name.trim().replace(/^\*?\./, ''))
  return names.some((name) => name === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`))))
}

/** A connection to the host of `url` through a proxy, encrypted where the address says https. */
export async function tunnel(proxy: URL, url: URL, signal: AbortSignal): Promise<Socket> {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  const target = `${url.hostname}:${port}`
  const socket = await connectThrough(proxy, target, signal)
  return url.protocol === 'https:'
    ? connectTls({ socket, servername: isIP(url.hostname) === 0 ? url.hostname : '' })
    : socket
}

async function connectThrough(proxy: URL, target: string, signal: AbortSignal): Promise<Socket> {
  const { username, password, hostname, port } = proxy
  const account = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)
  const authorisation =
    username === '' ? {} : { 'proxy-authorization': `Basic ${account.toString('base64')}` }
  return new Promise((resolve, reject) => {
    const asked = requestHttp({
      host: hostname,
      port: port === '' ? 80 : Number(port),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...authorisation },
      signal,
    })
    asked.once('error', reject)
    asked.once('connect', (answer, socket) => {
      if (answer.statusCode === 200) resolve(socket)
      else {
        socket.destroy()
        reject(new Error(`the proxy ${proxy.host} answered ${answer.statusCode ?? 0} for ${target}`))
      }
    })
    asked.end()
  })
}
