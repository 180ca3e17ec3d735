import type * as GoComposer from '../../wailsjs/go/app/Composer';
import type * as GoGrounds from '../../wailsjs/go/app/Grounds';
import type { app } from '../../wailsjs/go/models';
import { bound } from './call';
import type { Head } from './things';

const Composer = bound<typeof GoComposer>('Composer');
const Grounds = bound<typeof GoGrounds>('Grounds');

export type BlastView = app.BlastView;
export type FallRow = app.FallRow;
export type GateView = app.GateView;
export type GraphNode = app.GraphNode;
export type GraphView = app.GraphView;
export type ReviewRow = app.ReviewRow;
export type ReviewView = app.ReviewView;
export type TreeRow = app.TreeRow;
export type TreeView = app.TreeView;
export type WorklistView = app.WorklistView;
export type WorkRow = app.WorkRow;

export const grounds = {
  groundHead: Grounds.Head as (incident: string, asOf: number) => Promise<Head>,
  blast: Grounds.Blast as (incident: string, claim: string, asOf: number) => Promise<BlastView>,
  /** What a claim that fell leaves to be done; that of the one that fell last, where claim is ''. */
  worklist: Grounds.Worklist as (incident: string, claim: string, asOf: number) => Promise<WorklistView>,
  tree: Grounds.Tree as (
    incident: string,
    thing: string,
    way: 'under' | 'over',
    from: number,
    asOf: number,
  ) => Promise<TreeView>,
  graph: Grounds.Graph as (incident: string, thing: string, asOf: number) => Promise<GraphView>,
  review: Grounds.Review as (incident: string, asOf: number) => Promise<ReviewView>,
  /** What is to be seen before a line is recorded that was refused with the code "gate". */
  gate: Composer.Gate as (incident: string, about: string, text: string) => Promise<GateView>,
};
