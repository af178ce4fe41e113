/** @file The rail of steps. */
export const steps = {
  label: 'Steps',
  project: 'Project:',
  names: { data: 'Data', model: 'Model', train: 'Train', results: 'Results', use: 'Use' },
  done: 'done',
  next: 'Next',
  working: 'working…',
  needsRun: 'needs a trained model',
}
