/** @file Ports of the main process: like every transport, and only for our own page. */
import { describe, expect, it, onTestFinished, vi } from 'vitest'

import { connect } from '../../core/api/client.ts'
import { connectChannel } from '../../core/api/desktop.ts'
import { serve } from '../../core/api/server.ts'
import { AppError } from '../../core/errors.ts'
import { acceptPorts, mainPort } from '../../electron/message-port.ts'
import { contract, describeTransport } from '../support/transport-suite.ts'
import { connectPage, reset } from './fake-electron.ts'
import { fakeChannel } from './fake-port.ts'

vi.mock('electron', async () => import('./fake-electron.ts'))

describeTransport('a MessagePortMain', async () => {
  const [one, other] = fakeChannel()
  return [mainPort(one), mainPort(other)]
})

describe('acceptPorts', () => {
  it.each([
    { who: 'our page', url: 'app://studio/', parent: null, isAnswered: true },
    { who: 'a frame in our page', url: 'app://studio/', parent: {}, isAnswered: false },
    { who: 'a page of another name', url: 'app://studio.evil/', parent: null, isAnswered: false },
    { who: 'a page of the web', url: 'https://studio/', parent: null, isAnswered: false },
  ])('with $who: answered $isAnswered', async ({ url, parent, isAnswered }) => {
    onTestFinished(reset)
    acceptPorts((port) => {
      const { nothing } = contract.text
      serve(port, { text: { nothing } }, { text: { nothing: () => undefined } }, () => undefined)
    })
    const [main, own] = fakeChannel()
    onTestFinished(() => own.close())
    const api = connect(mainPort(own), contract, () => new AppError('io', 'closed'))
    connectPage(connectChannel, [main], url, parent)
    const answer = api.text.nothing().then(
      () => true,
      () => false,
    )
    expect(await answer).toBe(isAnswered)
  })
})
