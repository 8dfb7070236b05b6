package io.costattr.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.attribution.Attribution;
import io.costattr.core.dialect.BatchJob;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private final Batches batches = new Batches();

  @Test
  void whoMadeTheJobPaysWhoeverLooksAtIt() {
    batches.note(new BatchJob("b1", "in", null, null), true, payer("maker"));
    assertThat(batches.of("out")).isNull();
    batches.note(new BatchJob("b1", "in", "out", "err"), false, payer("poller"));
    assertThat(batches.of("out")).isEqualTo(new Batches.Job("b1", payer("maker"), "in"));
    assertThat(batches.of("err")).isEqualTo(batches.of("out"));
  }

  @Test
  void aJobOfAnotherJvmIsNobodysByItself() {
    batches.note(new BatchJob("b1", "in", "out", null), false, payer("poller"));
    assertThat(batches.of("out")).isEqualTo(new Batches.Job("b1", null, "in"));
    batches.note(null, true, payer("poller"));
  }

  @Test
  void aLineIsNewOnceWhereverADownloadBegins() {
    assertThat(batches.isNew("out", 0)).isTrue();
    assertThat(batches.isNew("out", 1)).isTrue();
    assertThat(batches.isNew("out", 0)).isFalse();
    assertThat(batches.isNew("out", 1)).isFalse();
    assertThat(batches.isNew("out", 2)).isTrue();
    assertThat(batches.isNew("other", 0)).isTrue();
  }

  @Test
  void theOldestJobsAreForgotten() {
    for (int i = 0; i <= Batches.MOST; i++) {
      batches.note(new BatchJob("b" + i, "in" + i, "out" + i, null), true, payer("c" + i));
    }
    assertThat(batches.of("out0")).isNull();
    assertThat(batches.of("out1")).isNotNull();
    assertThat(batches.of("out" + Batches.MOST)).isNotNull();
  }

  private static Attribution payer(String customer) {
    return new Attribution("f", "r", customer, "t", null, null, Map.of());
  }
}
