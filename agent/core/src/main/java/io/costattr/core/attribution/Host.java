package io.costattr.core.attribution;

import org.jspecify.annotations.Nullable;

/**
 * What the application's own telemetry knows where a call is made.
 *
 * @param span the span in which it is made, the application's own or another agent's; null when
 *     there is none
 * @param call the call itself, where something there observes it too; else null
 */
public record Host(@Nullable HostSpan span, @Nullable HostCall call) {
  /** Nothing. */
  public static final Host NONE = new Host(null, null);
}
