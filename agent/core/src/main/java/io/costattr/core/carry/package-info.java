/**
 * How what a thread has in force goes along with work that it hands to another thread: captured in
 * one place, in force for one task, gone with it. Knows neither what is carried, which each {@link
 * io.costattr.core.carry.Place} does, nor the executors, whose woven methods call {@link
 * io.costattr.core.carry.Handoffs}.
 */
@NullMarked
package io.costattr.core.carry;

import org.jspecify.annotations.NullMarked;
