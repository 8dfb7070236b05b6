/**
 * The supported libraries in their lowest, middle and latest versions: one program for each
 * library, compiled against each version and run in a JVM of its own under the agent.
 */
package io.costattr.it.versions;
