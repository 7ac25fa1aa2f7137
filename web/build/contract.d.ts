export function makeContract(text: string): string;
