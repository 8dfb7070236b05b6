/**
 * How the agent gets into classes: targets, gate, weaver, linker and the loaders of advice. Byte
 * Buddy only here; nothing here knows a provider, a price or what a library's types mean.
 */
@NullMarked
package io.costattr.weaving;

import org.jspecify.annotations.NullMarked;
