/** @file Which route a request takes: directly to this machine, through the environment's proxies to all others. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'

import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'

import { bodyOf, get } from '../../../core/catalogue/request.ts'
import { addressOf, listen } from './fake-hub.ts'

const names = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']
const options = { headers: {}, token: null, signal: new AbortController().signal, quietMs: 500 }

describe('the way out', () => {
  beforeEach(() => names.forEach((name) => vi.stubEnv(name, undefined)))
  afterEach(() => void vi.unstubAllEnvs())

  /** A proxy that lets nothing through; the requests it got, and the credentials it was shown. */
  async function refusingProxy(): Promise<{ address: string; asked: (string | undefined)[] }> {
    const asked: (string | undefined)[] = []
    const proxy = await listen((_, answer) => answer.end())
    proxy.on('connect', (request, client: Socket) => {
      asked.push(request.url, request.headers['proxy-authorization'])
      client.end('HTTP/1.1 407 Who are you\r\n\r\n')
    })
    return { address: addressOf(proxy).slice('http://'.length), asked }
  }

  it.each([
    ['https', 'HTTPS_PROXY', ''],
    ['https', 'https_proxy', ''],
    ['https', 'HTTPS_PROXY', 'ample'],
    ['https', 'HTTPS_PROXY', 'hub.example:80'],
    ['http', 'HTTP_PROXY', ''],
    ['http', 'http_proxy', 'other.example'],
  ])('of %s leads through %s where NO_PROXY is “%s”', async (scheme, name, exempt) => {
    const { address, asked } = await refusingProxy()
    // Without a scheme and with one.
    for (const given of [address, `http://${address}`]) {
      vi.stubEnv(name, given)
      vi.stubEnv('NO_PROXY', exempt)
      await expect(get(new URL(`${scheme}://hub.example/file`), options)).rejects.toThrow(
        'The proxy answered 407 to the request for hub.example.',
      )
    }
    const target = `hub.example:${scheme === 'https' ? 443 : 80}`
    expect(asked).toEqual([target, undefined, target, undefined])
  })

  it.each([
    ['other.example, .example', 'hub.example'],
    ['*', 'hub.example'],
    ['hub.example', 'hub.example'],
    ['', 'localhost'],
    ['', '127.0.0.1'],
  ])('is direct where NO_PROXY is “%s”, to %s', async (exempt, host) => {
    const { address, asked } = await refusingProxy()
    for (const name of ['http_proxy', 'https_proxy']) vi.stubEnv(name, address)
    vi.stubEnv('no_proxy', exempt)
    await expect(get(new URL(`https://${host}:1/file`), options)).rejects.toThrow(/offline|does not take/)
    expect(asked).toEqual([])
  })

  it('leads through a tunnel, with the account of the proxy', async () => {
    const target = await listen((request, answer) => answer.end(`${request.headers.host} ${request.url}`))
    const asked: (string | undefined)[] = []
    const proxy = await listen((_, answer) => answer.writeHead(405).end())
    const sockets: Socket[] = []
    proxy.on('connect', (request, client: Socket) => {
      asked.push(request.url, request.headers['proxy-authorization'])
      const onward = connect(Number(new URL(addressOf(target)).port), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n')
        onward.pipe(client).pipe(onward)
      })
      sockets.push(onward, client)
    })
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()))
    vi.stubEnv('http_proxy', addressOf(proxy).replace('http://', 'http://me:s%20t@'))
    const reply = await get(new URL('http://hub.example/file'), options)
    const parts = []
    for await (const part of bodyOf(reply, options)) parts.push(Buffer.from(part))
    expect(Buffer.concat(parts).toString()).toBe('hub.example /file')
    expect(asked).toEqual(['hub.example:80', `Basic ${Buffer.from('me:s t').toString('base64')}`])
  })

  it('is given up where a proxy takes the connection and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const sockets: Socket[] = []
    silent.on('connection', (socket) => sockets.push(socket))
    onTestFinished(() => {
      sockets.forEach((socket) => socket.destroy())
      silent.close()
    })
    vi.stubEnv('https_proxy', `127.0.0.1:${(silent.address() as AddressInfo).port}`)
    await expect(get(new URL('https://hub.example/file'), options)).rejects.toThrow(
      'hub.example has sent nothing for 1 seconds.',
    )
  })

  it('fails where a proxy is named by what is not an address', async () => {
    for (const wrong of ['socks5://proxy:1', 'http://pro xy', 'a:b:c']) {
      vi.stubEnv('https_proxy', wrong)
      await expect(get(new URL('https://hub.example/file'), options)).rejects.toThrow(
        `https_proxy is “${wrong}”, which is not the address of a proxy.`,
      )
    }
  })
})
