import type { Component } from '../runtime';

/** The companions that Kafkon runs on Kubernetes; Prometheus and Grafana are those the Kubernetes cluster has already. */
export type CompanionRole = Exclude<Component, 'kafka' | 'zookeeper' | 'prometheus' | 'grafana' | 'convergence' | 'backup'>;

/** What a pod of the environment does. A combined KRaft node is broker and controller at once. */
export type Role = 'broker' | 'controller' | 'zookeeper' | 'convergence' | 'backup' | CompanionRole;

/** One end of an edge: pods of the environment, all pods of a namespace, a network (CIDR), or the cluster's name servers. */
export type Place =
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'network'; readonly cidr: string }
  | { readonly kind: 'dns' };

/** A connection that the environment needs. What is no edge is refused. */
export interface Edge {
  readonly from: Place;
  readonly to: Place;
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
  /** What the connection is for, a few words. */
  readonly why: string;
}
