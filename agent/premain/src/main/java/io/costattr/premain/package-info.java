/**
 * The JVM's entry, in the system class loader: a gate in Java 8 byte code, then one Java 17 class
 * that makes the agent's own class loader and hands over to it. Nothing else may live here.
 */
@NullMarked
package io.costattr.premain;

import org.jspecify.annotations.NullMarked;
