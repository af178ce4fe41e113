import { connect, type Socket } from 'node:net'

import { describe, expect, it, onTestFinished, vi } from 'vitest'

import { proxyFor } from '../../../core/catalogue/proxy.ts'
import { bodyOf, get } from '../../../core/catalogue/request.ts'
import { addressOf, listen } from './pretend-hub.ts'

describe('the way out', () => {
  const url = new URL('https://hub.example/file')

  it.each([
    [{}, null],
    [{ HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128/'],
    [{ https_proxy: 'proxy:3128' }, 'http://proxy:3128/'],
    [{ HTTP_PROXY: 'http://proxy:3128' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'other.example, .example' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'ample' }, 'http://proxy:3128/'],
    [{ HTTPS_PROXY: 'http://proxy:3128', no_proxy: '*' }, null],
  ])('with %j', (environment, proxy) => {
    expect(proxyFor(url, environment)?.href ?? null).toBe(proxy)
  })

  it('is direct on this machine', () => {
    expect(proxyFor(new URL('http://127.0.0.1:80/'), { HTTP_PROXY: 'http://proxy:3128' })).toBe(null)
  })

  const options = { headers: {}, token: null, signal: new AbortController().signal, quietMs: 500 }

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
    onTestFinished(() => void vi.unstubAllEnvs())
    const reply = await get(new URL('http://hub.example/file'), options)
    const parts = []
    for await (const part of bodyOf(reply, options.signal)) parts.push(Buffer.from(part))
    expect(Buffer.concat(parts).toString()).toBe('hub.example /file')
    expect(asked).toEqual(['hub.example:80', `Basic ${Buffer.from('me:s t').toString('base64')}`])
  })

  it('says that the proxy refuses', async () => {
    const proxy = await listen((_, answer) => answer.end())
    proxy.on('connect', (_, client: Socket) => client.end('HTTP/1.1 407 Who are you\r\n\r\n'))
    vi.stubEnv('http_proxy', addressOf(proxy))
    onTestFinished(() => void vi.unstubAllEnvs())
    await expect(get(new URL('http://hub.example/file'), options)).rejects.toThrow(
      /the proxy 127\.0\.0\.1:\d+ answered 407/,
    )
  })
})
