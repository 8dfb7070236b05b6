/**
 * The price book and the arithmetic from usage to exact pico-dollars. Pure: no clock, no files but
 * the ones handed in.
 */
@NullMarked
package io.costattr.core.price;

import org.jspecify.annotations.NullMarked;
