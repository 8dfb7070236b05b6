package io.costattr.core.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Frames of the agent's own packages are none of the application's, and those of these tests are:
 * what is nearest here is the test framework's.
 */
class CallSiteTest {

  @Test
  void theCallerIsTheNearestFrameThatIsNoLibrarysAndItsSiteHasTheLine() {
    assertThat(CallSite.caller()).startsWith("org.junit.").doesNotContain(":");
    assertThat(CallSite.nearest()).matches("org\\.junit\\..*\\.\\w+:\\d+");
  }

  @Test
  void outsideOfASchedulerThereIsNoJob() {
    assertThat(CallSite.job()).isNull();
  }

  @Test
  void aJobWithoutAFrameOfTheApplicationsHasNoName() throws Exception {
    ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);
    try {
      assertThat(executor.schedule(CallSite::job, 0, TimeUnit.SECONDS).get()).isNull();
    } finally {
      executor.shutdown();
    }
    Timer timer = new Timer(true);
    CompletableFuture<Boolean> none = new CompletableFuture<>();
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            none.complete(CallSite.job() == null);
          }
        },
        0);
    assertThat(none.get()).isTrue();
    timer.cancel();
  }
}
