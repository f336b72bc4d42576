/** Run once when a server starts: a training that an earlier one left in the middle goes on. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { trainingManager } = await import('./app/api/training/manager.ts');
  const { hasTrainings } = await import('./lib/training/run-folder.ts');
  // A server that never trains holds no lock.
  if (await hasTrainings()) await trainingManager().open().catch(console.error);
}
