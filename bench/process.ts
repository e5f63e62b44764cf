/** Running a program by the clock, with an eye on its memory. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** How often the memory is looked at. What a process has used at most since it began is kept by Linux itself. */
const LOOK_MS = 10;

/** Runs a program to its end; fails when it does, or when the time is up. */
export function runMeasured(command: readonly string[], limitMs: number): Promise<{ seconds: number; peak: number | null }> {
  const [program = '', ...args] = command;
  const start = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    let peak: number | null = null;
    const look = setInterval(() => {
      const now = peakOf(child.pid ?? 0);
      if (now !== null) peak = Math.max(peak ?? 0, now);
    }, LOOK_MS);
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`not built within ${limitMs / 1000} s`));
    }, limitMs);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(look);
      clearTimeout(late);
      if (status === 0) resolve({ seconds: (performance.now() - start) / 1000, peak });
      else reject(new Error(`the build ended with ${status}: ${said.trim().split('\n').at(-1) ?? ''}`));
    });
  });
}

/** The largest resident set that this process or one that it started has had: `VmHWM` of Linux. */
function peakOf(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  let peak: number | null = null;
  for (const id of [pid, ...childrenOf(pid)]) {
    const kilobytes = /^VmHWM:\s*(\d+) kB/mu.exec(read(`/proc/${id}/status`))?.[1];
    if (kilobytes !== undefined) peak = Math.max(peak ?? 0, Number(kilobytes) * 1024);
  }
  return peak;
}

function childrenOf(pid: number): number[] {
  const own = tasksOf(pid).flatMap((task) => read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number));
  return own.flatMap((child) => [child, ...childrenOf(child)]);
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** A file's text; empty when the process has just ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
