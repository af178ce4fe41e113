/** @file `download`: lists well-known models, downloads one, imports a file instead, or removes one. */
import type { Command } from 'commander'

import { AppError } from '../../errors.ts'
import { mirrorAddress } from '../../catalogue/addresses.ts'
import { downloadModel } from '../../catalogue/download.ts'
import { importModel } from '../../catalogue/import-file.ts'
import { approximateBytes, catalogue, findModel, type CatalogueModel } from '../../catalogue/models.ts'
import { chosenHosts } from '../../catalogue/settings.ts'
import type { OtherCopy, Presence, TransferEvent } from '../../catalogue/progress.ts'
import { presenceOf, removeModel } from '../../catalogue/store.ts'
import { downloadStore, studioHome } from '../../studio/home.ts'
import { plain } from '../../studio/printable.ts'
import type { Cli } from './cli.ts'
import { followWork, type Reporter } from './report.ts'
import { duration, millions, table } from './text.ts'
import { inEnglish } from '../../sentence.ts'

interface DownloadCommand {
  readonly list?: boolean
  readonly mirror?: string
  readonly file?: string
  readonly remove?: boolean
}

const example = 'npm run -s studio -- download augreg-small-16'

/** Adds `download`. */
export function addDownload(program: Command, cli: Cli): void {
  program
    .command('download')
    .description('download a well-known pretrained model, which commands then know by its id')
    .argument('[id]', 'model to download; see --list')
    .option('--list', 'list the available models (also without an id)')
    .option('--mirror <url>', 'download from this mirror of the Hugging Face Hub, this time only')
    .option('--file <path>', 'use a file you already have instead of downloading')
    .option('--remove', 'delete the model from this machine')
    .addHelpText('after', `\nExample:\n  ${example}`)
    .action(async (id: string | undefined, options: DownloadCommand) => {
      if (id === undefined || options.list === true) return printList(cli.report)
      return act(cli, findModel(id), options)
    })
}

async function act(cli: Cli, model: CatalogueModel, options: DownloadCommand): Promise<void> {
  if (options.remove === true) return remove(cli.report, model)
  if (options.file !== undefined) return takeFile(cli, model, options.file)
  return download(cli, model, options.mirror)
}

async function printList(report: Reporter): Promise<void> {
  const store = downloadStore()
  const rows = await Promise.all(
    catalogue.map(async (model) => ({ model, presence: await presenceOf(model, store) })),
  )
  report.line(
    table([
      ['id', 'model', 'family', 'parameters', 'download', 'licence', 'here'],
      ...rows.map(({ model, presence }) => [
        model.id,
        model.name,
        model.family,
        millions(model.parameters),
        sizeText(approximateBytes(model)),
        `${model.licence.name}${model.licence.permissive ? '' : ' *'}`,
        here(presence),
      ]),
    ]),
  )
  report.line(`\n  * not for commercial use\n\nDownload one with: ${example}`)
  const models = rows.map(({ model, presence }) => ({
    ...model,
    approximateBytes: approximateBytes(model),
    ...presence,
  }))
  report.record({ type: 'done', models })
}

function here(presence: Presence): string {
  switch (presence.state) {
    case 'absent':
      return ''
    case 'partial':
      return `${sizeText(presence.bytes)} so far`
    case 'ready':
      return presence.shared ? 'yes, shared' : 'yes'
  }
}

function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  return `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`
}

async function download({ report, signal }: Cli, model: CatalogueModel, mirror?: string): Promise<void> {
  const store = downloadStore()
  const chosen = await chosenHosts(studioHome(), process.env)
  const hosts = mirror === undefined ? chosen : { ...chosen, hub: mirrorAddress(mirror) }
  const presence = await presenceOf(model, store)
  if (presence.state !== 'ready') printStart(report, model, hosts[model.source.kind])
  try {
    const path = await downloadModel(model, { store, hosts, signal, onEvent: createTeller(report) })
    printDone(report, model, path)
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (error.code === 'cancelled') report.line('What has arrived is kept; the same command continues.')
    throw error
  }
}

function printStart(report: Reporter, model: CatalogueModel, from: string): void {
  const { name, licence } = model
  const size = approximateBytes(model)
  const { host } = new URL(from)
  report.line(`${name}, about ${sizeText(size)} from ${host}, licence ${licence.name}.`)
  if (!licence.permissive) report.line('Note: this licence does not permit commercial use.')
  report.record({ type: 'start', id: model.id, from, approximateBytes: size, licence })
}

const recordEveryMs = 1000

function createTeller(report: Reporter): (event: TransferEvent) => void {
  let recorded = -Infinity
  return (event) => {
    switch (event.type) {
      case 'progress': {
        report.progress(event.done, event.total, progressText(event))
        const now = performance.now()
        if (now - recorded < recordEveryMs) return
        recorded = now
        break
      }
      case 'waiting':
        report.line(`${inEnglish(event.reason)} Trying again in ${duration(event.seconds)}.`)
        break
      case 'checking':
        report.progress(1, 1, 'Checking')
        break
    }
    report.record(event)
  }
}

function progressText({
  done,
  total,
  bytesPerSecond,
  secondsLeft,
}: TransferEvent & { type: 'progress' }): string {
  const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`
  return `${sizeText(done)} of ${sizeText(total)}, ${sizeText(bytesPerSecond)}/s${left}`
}

function printDone(report: Reporter, { id, name }: CatalogueModel, path: string): void {
  report.line(`${name} is in ${path}\nUse it with --model ${id}`)
  report.record({ type: 'done', id, path })
}

async function takeFile({ report, signal }: Cli, model: CatalogueModel, file: string): Promise<void> {
  const store = downloadStore()
  const follow = followWork(report, 'Copying bytes')
  const path = await importModel(file, model, { store, signal, onProgress: follow })
  printDone(report, model, path)
}

async function remove(report: Reporter, model: CatalogueModel): Promise<void> {
  const left = await removeModel(model, downloadStore())
  report.line(`${model.name} has been removed from the studio's folder.`)
  for (const copy of left) report.line(plain(stayText(copy)))
  report.record({ type: 'done', id: model.id, removed: true, left })
}

function stayText({ place, path, bytes }: OtherCopy): string {
  const where = `${path} (${sizeText(bytes)})`
  return place === 'imported'
    ? `The file it was imported from is still there: ${where}.`
    : `It is still in the cache that other programs use too, and is used from there: ${where}.`
}
