package io.costattr.advice.rxjava;

import io.costattr.core.carry.Handoffs;
import net.bytebuddy.asm.Advice;

/**
 * At the constructor of the task by which {@code subscribeOn} subscribes on another thread: one is
 * made for each who subscribes, where that is done.
 */
public final class SubscribeOnAdvice {
  private SubscribeOnAdvice() {}

  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object task) {
    Handoffs.sendWith(task);
  }
}
