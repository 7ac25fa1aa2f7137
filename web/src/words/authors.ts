// Whom an entry names as its author, in words.
import { t } from './language.svelte';

/** `(node)` is how the API names what was typed at the node itself; an account that is not known here has no name. */
export function authorName(author: string | undefined): string {
  if (author === undefined) return t('log.account_unknown');
  return author === '(node)' ? t('log.by_node') : author;
}
