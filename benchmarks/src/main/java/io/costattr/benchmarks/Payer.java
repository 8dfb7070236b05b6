package io.costattr.benchmarks;

import io.costattr.api.Attribution;

/** Who pays for what is measured. */
public final class Payer {
  public static final Attribution SUPPORT_CHAT =
      Attribution.builder()
          .feature("support-chat")
          .route("/api/v1/chat/answer")
          .customerId("cust_4291")
          .team("growth")
          .environment("benchmark")
          .build();

  private Payer() {}
}
