package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.export.Entries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolSettingsTest {
  @TempDir Path directory;

  @Test
  void everyServiceNamespaceAndEnvironmentHasADirectoryOfItsOwn() throws Exception {
    assertThat(
            new Path[] {
              path("shop", null, null),
              path("shop", "eu", null),
              path("shop", null, "eu"),
              path("shop", null, "staging"),
              path("shop ", null, null),
              path("Shop", null, null),
              path(null, null, null)
            })
        .doesNotHaveDuplicates()
        .allMatch(path -> path.getParent().equals(directory));
    assertThat(path("shop", "eu", "staging")).isEqualTo(path("shop", "eu", "staging"));
  }

  @Test
  void aNameIsOneWordWhateverTheServiceIsCalled() throws Exception {
    assertThat(path("../../etc/shop: the \u00fcber one", null, null).getFileName().toString())
        .matches("\\.\\._\\.\\._etc_shop__the__ber_one-[0-9a-f]{8}");
    assertThat(path("s".repeat(300), null, null).getFileName().toString()).hasSize(49);
  }

  @Test
  void nothingIsKeptWhenItIsOffOrHasNoRoom() {
    assertThat(settings("spool", "off")).isNull();
    assertThat(settings("spool", directory.toString(), "spool.max.bytes", "0")).isNull();
    assertThat(settings("spool", "auto")).isNotNull();
  }

  private Path path(
      @Nullable String service, @Nullable String namespace, @Nullable String environment)
      throws IOException {
    return Objects.requireNonNull(settings("spool", directory.toString()))
        .open(service, namespace, environment)
        .directory();
  }

  private static @Nullable SpoolSettings settings(String... keysAndValues) {
    return SpoolSettings.of(Entries.config(keysAndValues), new Properties());
  }
}
