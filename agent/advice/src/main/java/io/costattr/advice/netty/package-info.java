/**
 * What the clients share that stand on Netty. Nothing of any of them is known here, only Netty's
 * buffers.
 */
@NullMarked
package io.costattr.advice.netty;

import org.jspecify.annotations.NullMarked;
