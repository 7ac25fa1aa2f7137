// Short words about what was done, with one way back. They stay until read or replaced; nothing moves under the hand.
export interface Toast {
  words: string;
  undo?: { name: string; act: () => void };
}

class Toasts {
  now = $state.raw<Toast | undefined>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(toast: Toast) {
    this.now = toast;
    clearTimeout(this.#timer);
    // What can be taken back stays; a mere word goes.
    if (!toast.undo) this.#timer = setTimeout(() => (this.now = undefined), 8000);
  }
}

export const toasts = new Toasts();
