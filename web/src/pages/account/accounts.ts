// The roles that an account may have, in the order of what they may do; what an account is stands in the contract.
import type { Account } from '../../api/contract';

export type { Account };
export const roles: Account['role'][] = ['reader', 'officer', 'approver', 'administrator', 'auditor'];
