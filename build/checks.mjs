/** @file Everything that is checked without running the project: types, lint, format and unused code. */
import { spawnSync } from 'node:child_process'

import { inProject, root } from './project.mjs'

/** @type {readonly { readonly name: string, readonly program: string, readonly args: string[] }[]} */
const checks = [
  { name: 'types', program: 'typescript/bin/tsc', args: ['-p', '.'] },
  { name: 'lint', program: 'oxlint/bin/oxlint', args: [] },
  { name: 'format', program: 'oxfmt/bin/oxfmt', args: ['--check'] },
  { name: 'unused code', program: 'knip/bin/knip.js', args: [] },
  {
    name: 'code that only tests use',
    program: 'knip/bin/knip.js',
    args: ['--production', '--config', 'knip.production.jsonc'],
  },
]

/** Runs all checks and prints what they found; the exit code of the process becomes 1 if any failed. */
export function check() {
  if (runChecks().failed > 0) process.exitCode = 1
}

/**
 * Runs all checks and prints what they found.
 *
 * @returns {{ passed: number, failed: number }}
 */
export function runChecks() {
  const failed = checks.filter((one) => !passes(one)).length
  return { passed: checks.length - failed, failed }
}

/** Lets the linter and formatter fix what they can. */
export function fix() {
  run('oxlint/bin/oxlint', ['--fix'])
  run('oxfmt/bin/oxfmt', [])
}

/** @param {(typeof checks)[number]} check */
function passes({ name, program, args }) {
  const start = performance.now()
  const { status, stdout, stderr } = run(program, args)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  if (status !== 0) console.log(`${stdout}${stderr}`)
  return status === 0
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  const path = inProject('node_modules', program)
  return spawnSync(process.execPath, [path, ...args], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 })
}
