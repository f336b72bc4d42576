/**
 * One line of progress on the error stream, rewritten in a terminal; elsewhere a line for every tenth of the work,
 * so that logs stay short. Results go to the output stream and never meet it.
 */
export class ProgressLine {
  private tenth = -1;

  constructor(
    private readonly label: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  update(done: number, total: number, detail = ''): void {
    const line = `${this.label} ${done}/${total}${detail && ` ${detail}`}`;
    if (this.stream.isTTY) {
      this.stream.write(`\r${line.slice(0, this.stream.columns - 1)}\x1b[K`);
      return;
    }
    const tenth = total === 0 ? 10 : Math.floor((10 * done) / total);
    if (tenth !== this.tenth) this.stream.write(`${line}\n`);
    this.tenth = tenth;
  }

  /** Leaves the terminal's line empty for what comes next. */
  end(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[K');
  }
}
