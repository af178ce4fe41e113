/** @file The way to the network, through the proxies that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name for this process. */
import { EnvHttpProxyAgent, type Dispatcher } from 'undici'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'

/**
 * Connections as configured by the environment. Those to this machine itself are always direct.
 *
 * @throws AppError `invalid_input` if it names a proxy by something that is not an address
 */
export function wayOut(environment: NodeJS.ProcessEnv): Dispatcher {
  const exempt = setting(environment, 'no_proxy').trim()
  return new EnvHttpProxyAgent({
    httpProxy: proxyIn(environment, 'http_proxy'),
    httpsProxy: proxyIn(environment, 'https_proxy'),
    noProxy: exempt === '*' ? exempt : `${exempt},localhost,127.0.0.1,[::1]`,
  })
}

function setting(environment: NodeJS.ProcessEnv, name: string): string {
  return environment[name] ?? environment[name.toUpperCase()] ?? ''
}

/** A proxy's address, which is often given without its scheme; empty if there is none. */
function proxyIn(environment: NodeJS.ProcessEnv, name: string): string {
  const given = setting(environment, name).trim()
  if (given === '') return given
  const address = given.includes('://') ? given : `http://${given}`
  if (URL.canParse(address) && /^https?:/.test(address)) return address
  throw new AppError(
    'invalid_input',
    say`${name} is “${given}”, which is not the address of a proxy. Set it to one like http://proxy.example:3128, or to nothing.`,
  )
}
