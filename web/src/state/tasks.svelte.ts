// What runs in the program now, whoever began it; every page shows it.
import { address, get, send } from '../api/client';
import { isOver, type Task } from '../parts/task';
import { listen } from './events';

class Tasks {
  running = $state.raw<Task[]>([]);

  /** Until what it returns is called. */
  watch(): () => void {
    return listen('task', (data) => this.#heard(data as Task));
  }
  async load() {
    try {
      this.running = (await get<{ items: Task[] }>('/tasks')).items.filter((one) => !isOver(one));
    } catch {
      // Nothing is known to run; the page itself says what is wrong.
    }
  }
  async stop(id: string) {
    try {
      this.#heard((await send<Task>(address(`/tasks/${id}`), { method: 'DELETE' })).body);
    } catch {
      await this.load();
    }
  }
  #heard(task: Task) {
    const others = this.running.filter((one) => one.id !== task.id);
    this.running = isOver(task) ? others : [...others, task];
  }
}

export const tasks = new Tasks();
