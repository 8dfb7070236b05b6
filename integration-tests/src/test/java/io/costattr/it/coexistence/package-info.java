/**
 * The agent beside what else may be in a JVM: other agents, other loaders, other versions, other
 * ways to start and to end.
 */
package io.costattr.it.coexistence;
