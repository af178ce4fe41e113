/** @file In the page: connects as the window does, and carries the messages of its own end to the test and back. */
import { openConnection, pathOfDropped } from '../../renderer/connection.ts'
import type { Relay } from './main-end.ts'

const { relayEnd } = globalThis as unknown as Relay

relayEnd('page', await openConnection())
document.title = pathOfDropped(new File([], 'photos')) ?? ''
