import type { Role } from '../../api/types';

export interface Account {
  id: string;
  name: string;
  display_name: string;
  role: Role;
  nation: string;
  language: string;
  disabled: boolean;
  created: string;
  last_sign_in: string | null;
}
export const roles: Role[] = ['reader', 'officer', 'approver', 'administrator', 'auditor'];
