// What the pages take an answer for must be what the contract says it is: this file does not compile otherwise.
import type * as contract from './contract';
import type * as ours from './types';
import type { Proof } from '../proof/check';

type Agrees<Ours extends Theirs, Theirs> = [Ours, Theirs];

export type Agreed = [
  Agrees<ours.Session, contract.Session>,
  Agrees<ours.Relationships, contract.Relationships>,
  Agrees<ours.Picture, contract.Picture>,
  Agrees<ours.RecordPage, contract.RecordPage>,
  Agrees<ours.Facets, contract.Facets>,
  Agrees<ours.RecordSaid, contract.Record>,
  Agrees<ours.History, contract.History>,
  Agrees<ours.ChangeList, contract.ChangeList>,
  Agrees<ours.Schema, contract.Schema>,
  Agrees<ours.Relationship, contract.Relationship>,
  Agrees<Proof, contract.Proof>,
  Agrees<ours.ProblemDetails & { detail: string }, contract.Problem>,
];
