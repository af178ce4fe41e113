/** @file `npm test`: the checks, then every test; the last line counts both. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'

import { runChecks } from './checks.mjs'
import { callersFolder, inProject, root, SetupError } from './project.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/**
 * Runs the checks and all tests, or with patterns only the tests whose path matches one. The last line printed is
 * `N passed, N failed`, with `, N skipped` if some were; each check counts as one. The exit code indicates failure.
 *
 * @param {string[]} patterns
 */
export async function test(patterns) {
  const checked = patterns.length === 0 ? runChecks() : { passed: 0, failed: 0 }
  const tested = await runTests(patterns)
  const failed = checked.failed + tested.failed
  const skipped = tested.skipped > 0 ? `, ${tested.skipped} skipped` : ''
  if (failed > 0) process.exitCode = 1
  console.log(`${checked.passed + tested.passed} passed, ${failed} failed${skipped}`)
}

/** Tries all that strangers may do, of which `npm test` tries a part. */
export async function testHostile() {
  process.env['VIT_STUDIO_HOSTILE'] = 'all'
  await test(['test/hostile'])
}

/**
 * Takes pictures of every screen, by walking through the studio as the end-to-end tests do.
 *
 * @param {string[]} args the folder to put them into
 * @throws {SetupError} where no folder is named
 */
export async function takeScreenshots([folder, photos]) {
  if (folder === undefined)
    throw new SetupError('Name the folder for the pictures: npm run screenshots FOLDER [PHOTOS]')
  process.env['VIT_STUDIO_SCREENSHOTS'] = fromCaller(folder)
  if (photos !== undefined) process.env['VIT_STUDIO_SCREENSHOT_PHOTOS'] = fromCaller(photos)
  const { failed } = await runTests(['test/e2e/screenshots.test.ts'])
  if (failed > 0) process.exitCode = 1
}

/** @param {string} path */
function fromCaller(path) {
  return isAbsolute(path) ? path : join(callersFolder(), path)
}

/**
 * @param {string[]} patterns
 * @returns {Promise<Totals>}
 */
async function runTests(patterns) {
  const folder = mkdtempSync(join(tmpdir(), 'vit-studio-'))
  try {
    const report = join(folder, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const vitest = inProject('node_modules', 'vitest', 'vitest.mjs')
    const code = await runNode([vitest, 'run', ...reporters, ...patterns])
    const totals = existsSync(report) ? readTotals(report) : { passed: 0, failed: 0, skipped: 0 }
    // A failure that belongs to no test, such as an error after the last one, shows in the exit code alone.
    return code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Runs Node in the project's folder and resolves to its exit code. A terminal sends Ctrl-C to both; this process
 * waits for the other to end.
 *
 * @param {string[]} args
 * @returns {Promise<number>}
 */
function runNode(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/**
 * @param {string} report
 * @returns {Totals}
 */
function readTotals(report) {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const totals = { passed: 0, failed: 0, skipped: 0 }
  for (const { status, assertionResults } of testResults) {
    const failures = countStatus(assertionResults, 'failed')
    const passes = countStatus(assertionResults, 'passed')
    totals.passed += passes
    // A file that could not be loaded, or whose hooks failed, counts as one failure.
    totals.failed += status === 'failed' && failures === 0 ? 1 : failures
    totals.skipped += assertionResults.length - passes - failures
  }
  return totals
}

/**
 * @param {{ status: string }[]} results
 * @param {string} status
 */
function countStatus(results, status) {
  return results.filter((result) => result.status === status).length
}
