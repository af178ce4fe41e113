/** @file Where models are downloaded from: the two hosts, and the mirror that may stand in for the Hub. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import type { CatalogueModel } from './models.ts'

/** The hosts that the catalogue's files come from. Nothing else in the program uses the network. */
export interface Hosts {
  /** The Hugging Face Hub, or a mirror of it with the same paths. */
  readonly hub: string
  /** The storage where the paper's authors published their models. */
  readonly bucket: string
}

/** Used unless a person has chosen a mirror. */
export const defaultHosts: Hosts = {
  hub: 'https://huggingface.co',
  bucket: 'https://storage.googleapis.com',
}

/** The address of one file of a model. */
export function addressOf({ source }: CatalogueModel, file: string, hosts: Hosts): URL {
  const path =
    source.kind === 'hub'
      ? `${source.repository}/resolve/${source.revision}/${file}`
      : `${source.folder}/${file}`
  return new URL(`${hosts[source.kind]}/${path.split('/').map(encodeURIComponent).join('/')}`)
}

/**
 * The address of a mirror as typed, without a trailing slash.
 *
 * @throws AppError `invalid_input` unless it is one of http or https
 */
export function mirrorAddress(given: string): string {
  const url = URL.canParse(given.trim()) ? new URL(given.trim()) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new AppError(
      'invalid_input',
      say`“${given}” is not the address of a mirror. Give one that begins with https:// or http://.`,
    )
  }
  return url.href.replace(/\/+$/, '')
}
