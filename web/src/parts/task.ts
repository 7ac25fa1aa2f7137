// Something that takes long: it runs in the program, tells how far it is, and can be stopped.
import type { ProblemDetails } from '../api/types';

export interface Task {
  id: string;
  what: string;
  words: string;
  /** From 0 to 1. */
  share: number;
  state: 'running' | 'stopping' | 'done' | 'stopped' | 'failed';
  result?: unknown;
  problem?: ProblemDetails;
}

export const isOver = (task: Task | undefined): boolean => /^(done|stopped|failed)$/.test(task?.state ?? '');
