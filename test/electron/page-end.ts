/** @file In the page: connects as the window does, and carries the messages of its own end to the test and back. */
import { openConnection, pathOfDropped } from '../../renderer/connection.ts'
import type { Relay } from './main-end.ts'

const { relayEnd } = globalThis as unknown as Relay

const port = await openConnection()
if (port !== null) relayEnd('page', port)
document.title = pathOfDropped(new File([], 'photos')) ?? ''
