/** Whether a remedy is to be typed into a terminal; any other is a sentence to be read. */
export const isCommand = (remedy: string): boolean => /^(npm|npx|git) /.test(remedy);

/** The step that mends something, within other words. */
export function Remedy({ remedy }: { remedy: string }) {
  return isCommand(remedy) ? <code className="font-mono text-[0.92em] break-words select-all">{remedy}</code> : <span className="break-words">{remedy}</span>;
}
